"""Right documents pass; wrong ones are told by element and attribute.

Sources: Twilio, "TwiML for Programmable Voice" (a page a verb), "Text-to-Speech", error dictionary (11750, 13521).
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.twiml.voice_response import Gather, VoiceResponse

from bot.pocket_phone.grammar.attributes import CHECKS
from bot.pocket_phone.grammar.elements import every_place
from tests.twiml import check_twiml

POLLY = 'voice="Polly.Joanna-Neural"'
LONG = "a" * 3001
CALL = "CA" + "0" * 32
CONFERENCE_EVENTS = ["start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"]


def whole_menu() -> str:
    """A document as the package itself writes it, with most of what a line needs."""
    document = VoiceResponse()
    gather = Gather(
        input="dtmf speech", action="/twilio/voice/turn?c=7", num_digits=1, timeout=4, speech_timeout="auto",
        hints="details, my details, 9570", language="es-US", action_on_empty_result=True, finish_on_key="",
    )  # fmt: skip
    say = gather.say(voice="Polly.Lupe-Neural", language="es-US")
    say.say_as("9570", interpret_as="characters")
    say.break_(time="300ms")
    say.prosody("dos", rate="90%")
    gather.play("https://example.com/menu.es.mp3")
    gather.pause(length=1)
    document.append(gather)
    document.redirect("/twilio/voice/turn", method="POST")
    return str(document)


RIGHT = [
    "<Response/>",
    "<?xml version='1.0' encoding='UTF-8'?><Response><!-- nothing to do --></Response>",
    "<Response><Reject reason='busy'/></Response>",
    "<Response><Say loop='0'>One moment.</Say><Pause length='2'/><Hangup/></Response>",
    "<Response><Say voice='Google.es-US-Neural2-A' language='es-US'>Hola</Say></Response>",
    f"<Response><Say {POLLY}><say-as interpret-as='date' format='mdy'>11/28/2026</say-as></Say></Response>",
    "<Response><Gather/></Response>",
    "<Response><Play digits='ww12#'/><Play loop='2'>hold.mp3</Play></Response>",
    """<Response><Record action='/r' maxLength='90' finishOnKey='1234567890*#' transcribe='true' transcribeCallback='/t'
     recordingStatusCallback='/s' recordingStatusCallbackEvent='completed absent'/></Response>""",
    "<Response><Enqueue waitUrl='/wait' action='/left'>callers</Enqueue><Say>Bye.</Say></Response>",
    "<Response><Dial>+13125550111</Dial></Response>",
    """<Response><Dial timeout='20' action='/d' callerId='+13125550100'>
     <Number url='/whisper' statusCallbackEvent='initiated ringing answered completed'>+13125550111</Number>
     <Client><Identity>desk</Identity><Parameter name='queue' value='1'/></Client></Dial></Response>""",
    "<Response><Dial><Queue url='/about'>callers</Queue></Dial></Response>",
    f"""<Response><Dial><Conference beep='false' waitUrl='' endConferenceOnExit='true' statusCallback='/s'
     statusCallbackEvent='start join leave end' coach='{CALL}'>call 7</Conference></Dial></Response>""",
    whole_menu(),
]

WRONG = [
    ("<Response><Say>", "The document is not XML: no element found: line 1, column 15."),
    ("<?xml version='1.0' encoding='none'?><Response/>", "The document is not XML: unknown encoding: none."),
    ("<?xml version='1.0' encoding='utf-7'?><Response/>",
     "The document is not XML: multi-byte encodings are not supported."),
    ("<Reply/>", "TwiML begins with <Response>, not <Reply>."),
    ("<!DOCTYPE a [<!ENTITY b 'c'>]><Response/>", "TwiML has no document type."),
    (f"<Response><Say>{'a' * 65536}</Say></Response>", "The document has 65568 bytes; at most 65536 are taken."),
    # Elements, nesting, text
    ("<Response><Speak>Hi</Speak></Response>", "There is no <Speak> in TwiML."),
    ("<Response><say>Hi</say></Response>", "There is no <say> in TwiML."),
    ("<Response><Number>+13125550111</Number></Response>", "<Number> may not stand in <Response>."),
    ("<Response><Queue>callers</Queue></Response>", "<Queue> may not stand in <Response>."),
    ("<Response><Gather><Record/></Gather></Response>", "<Record> may not stand in <Gather>."),
    ("<Response><Gather><Gather/></Gather></Response>", "<Gather> may not stand in <Gather>."),
    ("<Response>Welcome</Response>", "<Response> holds text that nobody hears."),
    ("<Response><Gather>Press 1</Gather></Response>", "<Gather> holds text that nobody hears."),
    # Order
    ("<Response><Redirect>/a</Redirect><Say>Hi</Say></Response>", "<Say> is never reached after <Redirect>."),
    ("<Response><Hangup/><Say>Hi</Say></Response>", "<Say> is never reached after <Hangup>."),
    ("<Response><Say>Hi</Say><Reject/></Response>", "<Reject> must be the first verb."),
    # Attributes
    ("<Response><Gather digits='1'/></Response>", "<Gather> has no attribute digits."),
    ("<Response><Gather num_digits='1'/></Response>", "<Gather> has no attribute num_digits."),
    ("<Response><Gather numDigits='0'/></Response>", "<Gather> numDigits='0' is not a whole number from 1 up."),
    ("<Response><Gather timeout='1.5'/></Response>", "<Gather> timeout='1.5' is not a whole number from 1 up."),
    ("<Response><Gather input='keys'/></Response>", "<Gather> input='keys' is not one or more of dtmf, speech."),
    ("<Response><Gather input='dtmf dtmf'/></Response>",
     "<Gather> input='dtmf dtmf' is not one or more of dtmf, speech."),
    ("<Response><Gather speechTimeout='soon'/></Response>",
     "<Gather> speechTimeout='soon' is not one of auto or a whole number from 1 up."),
    ("<Response><Gather finishOnKey='12'/></Response>",
     "<Gather> finishOnKey='12' is not one key out of 0-9, # and *, or nothing."),
    ("<Response><Gather bargeIn='yes'/></Response>", "<Gather> bargeIn='yes' is not one of true, false."),
    ("<Response><Gather language='en-ES'/></Response>",
     "<Gather> language='en-ES' is not a language of speech recognition, such as en-US."),
    (f"<Response><Gather hints='{'a' * 101}'/></Response>",
     f"<Gather> hints='{'a' * 101}' is not at most 500 phrases of at most 100 characters, with commas between."),
    ("<Response><Gather hints='list,,mine'/></Response>",
     "<Gather> hints='list,,mine' is not at most 500 phrases of at most 100 characters, with commas between."),
    ("<Response><Gather action='javascript:1'/></Response>",
     "<Gather> action='javascript:1' is not an http or https URL, absolute or relative."),
    ("<Response><Gather action=''/></Response>",
     "<Gather> action='' is not an http or https URL, absolute or relative."),
    ("<Response><Gather method='PUT'/></Response>", "<Gather> method='PUT' is not one of GET, POST."),
    ("<Response><Pause length='0'/></Response>", "<Pause> length='0' is not a whole number from 1 up."),
    ("<Response><Reject reason='tired'/></Response>", "<Reject> reason='tired' is not one of rejected, busy."),
    ("<Response><Record maxLength='20000'/></Response>",
     "<Record> maxLength='20000' is not a whole number from 1 to 14400."),
    ("<Response><Record transcribe='true' maxLength='300'/></Response>",
     "<Record> maxLength='300' is longer than the 120 seconds that are transcribed."),
    # What is said
    ("<Response><Say> </Say></Response>", "<Say> has nothing to say."),
    ("<Response><Say loop='1001'>Hi</Say></Response>", "<Say> loop='1001' is not a whole number from 0 to 1000."),
    ("<Response><Say voice='Polly.Nobody'>Hi</Say></Response>",
     "<Say> voice='Polly.Nobody' is not a voice of Twilio's, such as Polly.Joanna-Neural."),
    ("<Response><Say language='xx-XX'>Hi</Say></Response>",
     "<Say> language='xx-XX' is not a language of text-to-speech, such as en-US."),
    (f"<Response><Say {POLLY} language='es-US'>Hola</Say></Response>",
     "<Say> language='es-US' is not what voice Polly.Joanna-Neural speaks: en-US."),
    (f"<Response><Say>{'a' * 4097}</Say></Response>", "<Say> has 4097 characters; a basic voice reads at most 4096."),
    (f"<Response><Say {POLLY}>{LONG}</Say></Response>", "<Say> has 3001 characters; a Polly voice reads at most 3000."),
    ("<Response><Say voice='man'><s>Hi</s></Say></Response>", "<Say> voice='man' reads no SSML such as <s>."),
    (f"<Response><Say {POLLY}><emphasis level='strong'>Hi</emphasis></Say></Response>",
     "<emphasis> is not read by voice Polly.Joanna-Neural."),
    (f"<Response><Say {POLLY}><say-as>5</say-as></Say></Response>", "<say-as> needs interpret-as."),
    (f"<Response><Say {POLLY}><say-as interpret-as='currency'>$5</say-as></Say></Response>",
     "<say-as> interpret-as='currency' is not read by voice Polly.Joanna-Neural."),
    (f"<Response><Say {POLLY}><say-as interpret-as='date' format='mmdd'>1</say-as></Say></Response>",
     "<say-as> format='mmdd' is not one of d, dm, dmy, m, md, mdy, my, y, ym, ymd, yyyymmdd."),
    (f"<Response><Say {POLLY}><break time='11s'/></Say></Response>",
     "<break> time='11s' is not seconds or milliseconds up to ten seconds, such as 500ms."),
    (f"<Response><Say {POLLY}><Gather/></Say></Response>", "<Gather> may not stand in <Say>."),
    ("<Response><Play/></Response>", "<Play> needs the URL of a recording, or digits."),
    ("<Response><Play>ftp://a/b</Play></Response>",
     "<Play> 'ftp://a/b' is not an http or https URL, absolute or relative."),
    # To another
    ("<Response><Redirect/></Response>", "<Redirect> '' is not an http or https URL, absolute or relative."),
    ("<Response><Enqueue/></Response>", "<Enqueue> needs the name of a queue."),
    (f"<Response><Enqueue>{'q' * 65}</Enqueue></Response>",
     "<Enqueue> has a name of 65 characters; at most 64 are taken."),
    ("<Response><Dial/></Response>", "<Dial> needs somebody to dial."),
    ("<Response><Dial>the desk</Dial></Response>", "<Dial> 'the desk' is not a phone number in E.164."),
    ("<Response><Dial timeout='601'>+13125550111</Dial></Response>",
     "<Dial> timeout='601' is not a whole number from 1 to 600."),
    ("<Response><Dial><Number>312-555-0111</Number></Dial></Response>",
     "<Number> '312-555-0111' is not a phone number in E.164."),
    ("<Response><Dial><Queue>a</Queue><Number>+13125550111</Number></Dial></Response>",
     "<Queue> stands alone in <Dial>."),
    ("<Response><Dial><Client/></Dial></Response>", "<Client> needs an identity."),
    ("<Response><Dial><Conference statusCallbackEvent='begin'>a</Conference></Dial></Response>",
     f"<Conference> statusCallbackEvent='begin' is not one or more of {', '.join(CONFERENCE_EVENTS)}."),
]  # fmt: skip


@pytest.mark.parametrize("document", RIGHT)
def test_a_right_document_passes(document):
    assert check_twiml(document) == []


@pytest.mark.parametrize(("document", "complaint"), WRONG)
def test_a_wrong_document_is_told_why(document, complaint):
    assert check_twiml(document) == [complaint]


def test_everything_that_is_wrong_is_told_at_once():
    assert check_twiml("<Response><Gather numDigits='x' speed='1'><Say/></Gather></Response>") == [
        "<Gather> numDigits='x' is not a whole number from 1 up.",
        "<Gather> has no attribute speed.",
        "<Say> has nothing to say.",
    ]


def test_every_attribute_with_a_check_is_one_of_the_packages_own():
    """A mistyped name in the table would check nothing."""
    for element in every_place():
        assert set(CHECKS.get(element.name, {})) <= element.attributes, element.name


_names = st.sampled_from(
    ["Response", "Gather", "Say", "Dial", "Number", "Play", "say-as", "break", "Enqueue", "Nonsense"]
)
_values = st.text(st.characters(codec="utf-8", exclude_characters="<>&'\"", exclude_categories=("C",)), max_size=12)
_attributes = st.dictionaries(
    st.sampled_from(["timeout", "action", "loop", "hints", "voice", "time"]), _values, max_size=3
)


def _element(name, attributes, inside):
    written = "".join(f" {key}='{value}'" for key, value in attributes.items())
    return f"<{name}{written}>{inside}</{name}>"


_documents = st.recursive(
    _values, lambda inner: st.builds(_element, _names, _attributes, st.lists(inner, max_size=3).map("".join))
)


@given(st.one_of(st.text(), st.binary(), _documents, _documents.map(lambda inside: f"<Response>{inside}</Response>")))
@settings(max_examples=150, deadline=None)
def test_whatever_the_document_the_checker_has_an_answer(document):
    assert all(isinstance(complaint, str) for complaint in check_twiml(document))
