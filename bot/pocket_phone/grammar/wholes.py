"""What no single attribute shows: limits of texts, what excludes what, and verbs that are never reached."""

import itertools
from collections.abc import Iterator
from xml.etree.ElementTree import Element as Node

from bot.pocket_phone.grammar.speech import BASIC_VOICES, FORMATS, GOOGLE_ONLY, NOT_NEURAL, languages_of
from bot.pocket_phone.grammar.values import is_phone_number, url

# Twilio, warning 13521: the longest text of each kind of voice, in bytes; Google's count the tags as well.
_LONGEST_SAY = {"basic": 4096, "Polly": 3000, "Google": 5000}
_LONGEST_NAME = 64
# Nothing that follows one of these in its document is ever done.
_LAST = ("Redirect", "Hangup", "Reject", "Leave")
_MOST_DIALED = 10
_ALONE = ("Conference", "Queue")


def whole_complaints(root: Node) -> Iterator[str]:
    """Everything that needs a look at more than one value."""
    verbs = list(root)
    for before, verb in itertools.pairwise(verbs):
        if before.tag in _LAST:
            yield f"<{verb.tag}> is never reached after <{before.tag}>."
        if verb.tag == "Reject":
            yield "<Reject> must be the first verb."
    for node in root.iter():
        look = _LOOKS.get(node.tag)
        if look:
            yield from look(node)


def _say(node: Node) -> Iterator[str]:
    voice = node.get("voice", "")
    kind = voice.partition(".")[0] if "." in voice else "basic"
    said = "".join(node.itertext())
    if not said.strip() and not len(node):
        yield "<Say> has nothing to say."
    size = len(said.encode()) + (_tags_size(node) if kind == "Google" else 0)
    longest = _LONGEST_SAY.get(kind, _LONGEST_SAY["basic"])
    if size > longest:
        yield f"<Say> has {size} characters; a {kind} voice reads at most {longest}."
    spoken = languages_of(voice)
    if spoken and node.get("language", "") not in {"", *spoken}:
        yield f"<Say> language={node.get('language')!r} is not what voice {voice} speaks: {', '.join(sorted(spoken))}."
    yield from _ssml(node, voice)


def _ssml(say: Node, voice: str) -> Iterator[str]:
    tags = [node for node in say.iter() if node is not say]
    if tags and voice in BASIC_VOICES:
        yield f"<Say> voice={voice!r} reads no SSML such as <{tags[0].tag}>."
    is_new_polly = voice.endswith(("-Neural", "-Generative"))
    for node in tags:
        if is_new_polly and node.tag in NOT_NEURAL:
            yield f"<{node.tag}> is not read by voice {voice}."
        if node.tag == "say-as":
            yield from _say_as(node, voice)


def _say_as(node: Node, voice: str) -> Iterator[str]:
    kind, form = node.get("interpret-as", ""), node.get("format")
    if kind in GOOGLE_ONLY and voice.startswith("Polly."):
        yield f"<say-as> interpret-as={kind!r} is not read by voice {voice}."
    if kind in FORMATS and form is not None and form not in FORMATS[kind]:
        yield f"<say-as> format={form!r} is not one of {', '.join(sorted(FORMATS[kind]))}."
    if not "".join(node.itertext()).strip():
        yield "<say-as> has nothing to say."


def _tags_size(node: Node) -> int:
    # Close enough for a limit: the name twice, brackets, and each attribute with its quotes.
    return sum(
        2 * len(child.tag) + 5 + sum(len(name) + len(value) + 4 for name, value in child.attrib.items())
        for child in node.iter()
        if child is not node
    )


def _play(node: Node) -> Iterator[str]:
    address = (node.text or "").strip()
    if not address and not node.get("digits"):
        yield "<Play> needs the URL of a recording, or digits."
    if address and url(address):
        yield f"<Play> {address!r} is not {url(address)}."


def _redirect(node: Node) -> Iterator[str]:
    # Without an address the same document would be asked for again, for ever.
    address = (node.text or "").strip()
    if url(address):
        yield f"<Redirect> {address!r} is not {url(address)}."


def _record(node: Node) -> Iterator[str]:
    length = node.get("maxLength", "")
    if node.get("transcribe") == "true" and length.isdecimal() and int(length) > 120:
        yield f"<Record> maxLength={length!r} is longer than the 120 seconds that are transcribed."
    if node.get("transcribeCallback") and node.get("transcribe") == "false":
        yield "<Record> transcribeCallback waits for what transcribe='false' never makes."


def _enqueue(node: Node) -> Iterator[str]:
    name = (node.text or "").strip()
    if not name and not node.get("workflowSid"):
        yield "<Enqueue> needs the name of a queue."
    yield from _too_long(node, name)


def _named(node: Node) -> Iterator[str]:
    name = (node.text or "").strip()
    if not name:
        yield f"<{node.tag}> needs a name."
    if node.tag == "Queue":
        yield from _too_long(node, name)


def _too_long(node: Node, name: str) -> Iterator[str]:
    if len(name) > _LONGEST_NAME:
        yield f"<{node.tag}> has a name of {len(name)} characters; at most {_LONGEST_NAME} are taken."


def _dial(node: Node) -> Iterator[str]:
    nouns, number = list(node), (node.text or "").strip()
    if number and not is_phone_number(number):
        yield f"<Dial> {number!r} is not a phone number in E.164."
    if not nouns and not number:
        yield "<Dial> needs somebody to dial."
    if nouns and number:
        yield f"<Dial> holds a number as well as <{nouns[0].tag}>."
    alone = next((noun.tag for noun in nouns if noun.tag in _ALONE), None)
    if alone and len(nouns) > 1:
        yield f"<{alone}> stands alone in <Dial>."
    if len(nouns) > _MOST_DIALED:
        yield f"<Dial> rings {len(nouns)} at once; at most {_MOST_DIALED} can be."


def _number(node: Node) -> Iterator[str]:
    number = (node.text or "").strip()
    if not is_phone_number(number):
        yield f"<Number> {number!r} is not a phone number in E.164."


def _client(node: Node) -> Iterator[str]:
    if not (node.text or "").strip() and node.find("Identity") is None:
        yield "<Client> needs an identity."


_LOOKS = {
    "Say": _say,
    "Play": _play,
    "Redirect": _redirect,
    "Record": _record,
    "Enqueue": _enqueue,
    "Queue": _named,
    "Conference": _named,
    "Dial": _dial,
    "Number": _number,
    "Client": _client,
}
