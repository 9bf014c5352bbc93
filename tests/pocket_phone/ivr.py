"""A small application that answers voice webhooks as a test says, in this process, and what a test asks of it."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator
from werkzeug import Request, Response

from bot.pocket_phone.calls.call_line import CallLine
from bot.pocket_phone.calls.pace import Pace
from bot.pocket_phone.calls.switchboard import Switchboard
from bot.pocket_phone.faults import Faults
from bot.pocket_phone.in_process import post_into
from bot.pocket_phone.lines import put_line
from bot.pocket_phone.settings import Settings
from bot.pocket_phone.store import Store

SID, TOKEN = "AC" + "0123456789abcdef" * 2, "a-token-of-the-tests"
LINE, RUIZ, CHEN = "+13125550100", "+13125550111", "+13125550112"
HOME = "https://line.example"
VOICE, FALLBACK, STATUS = "/twilio/voice", "/twilio/voice/fallback", "/twilio/call-status"


@dataclass
class Asked:
    """One webhook as the application got it; `form` is what it says, in the body or in the address."""

    path: str
    method: str
    form: dict[str, str]
    headers: dict[str, str]
    is_signed: bool


@dataclass
class Ivr:
    """Documents by path: TwiML without its root, or a whole answer. What it does not know is an empty document."""

    documents: dict[str, object] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, environ, start_response):
        request = Request(environ)
        form = dict(parse_qsl(request.get_data().decode(), keep_blank_values=True))
        signed = RequestValidator(TOKEN).validate(request.url, form, request.headers.get("X-Twilio-Signature", ""))
        asked = Asked(request.path, request.method, form | dict(request.args), dict(request.headers), signed)
        self.asked.append(asked)
        answer = self.documents.get(request.path, "")
        answer = answer(asked) if callable(answer) and not isinstance(answer, Response) else answer
        return (answer if isinstance(answer, Response) else twiml(answer))(environ, start_response)

    def at(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def paths(self) -> list[str]:
        """In the order in which they were asked, without the status callbacks."""
        return [asked.path for asked in self.asked if asked.path != STATUS]


def twiml(verbs: str) -> Response:
    return Response(f"<Response>{verbs}</Response>", content_type="text/xml")


def board_for(ivr: Ivr, *, pace: Pace | None = None, **settings: object) -> Switchboard:
    """A switchboard whose webhooks go into the application at once, with one line."""
    store = Store(":memory:")
    put_line(store, LINE, name="Harbor details")
    told = Settings(account_sid=SID, auth_token=TOKEN, public_url=HOME, **settings)
    return Switchboard(store, told, Faults(store), post=post_into(ivr), pace=pace)


def heard(board: Switchboard, sid: str) -> list[str]:
    """What was said or otherwise heard, as short as it can be told."""
    lines = [line for line in board.heard(sid) if line.kind != "connected"]
    return [line.text if line.kind == "say" else _named(line) for line in lines]


def _named(line: CallLine) -> str:
    return f"({line.kind}{': ' + line.text if line.text else ''})"
