"""What an application's answer to an incoming text tells the carrier to do."""

import dataclasses
from xml.etree.ElementTree import Element, ParseError, fromstring

DOCUMENT_PARSE_FAILURE = 12100
INVALID_CONTENT_TYPE = 12300
SCHEMA_WARNING = 12200

_XML = ("text/xml", "application/xml", "text/html")


class BadTwiml(Exception):
    """The answer cannot be read; `code` is the number in Twilio's error dictionary."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclasses.dataclass(frozen=True)
class Reply:
    """One <Message> of the answer; without `to` it goes to who wrote."""

    body: str
    media: tuple[str, ...] = ()
    to: str | None = None
    status_callback: str | None = None


def replies_in(content_type: str, body: bytes) -> list[Reply]:
    """The messages that the answer asks to send; an empty answer asks for none. BadTwiml if it cannot be read."""
    if not body.strip():
        return []
    if content_type == "text/plain":
        return [Reply(body.decode("utf-8", "replace"))]
    if content_type not in _XML:
        raise BadTwiml(INVALID_CONTENT_TYPE, f"An answer of type {content_type} is no TwiML.")
    root = parse(body)
    if root.tag != "Response":
        raise BadTwiml(DOCUMENT_PARSE_FAILURE, f"TwiML begins with <Response>, not <{root.tag}>.")
    return [_reply(element) for element in root if element.tag in ("Message", "Sms")]


def parse(body: bytes) -> Element:
    """The root of an XML document; BadTwiml if it is not well-formed, or has a document type."""
    # Entities are refused: TwiML has none, and expanding them is how an XML document harms its reader.
    if b"<!" in body.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise BadTwiml(DOCUMENT_PARSE_FAILURE, "TwiML has no document type.")
    try:
        return fromstring(body)  # noqa: S314 - no entities, see above
    except (ParseError, LookupError, ValueError) as error:
        # The last two are what an encoding that cannot be read comes to.
        raise BadTwiml(DOCUMENT_PARSE_FAILURE, f"The answer is not XML: {error}.") from None


def _reply(element: Element) -> Reply:
    bodies = [child.text or "" for child in element if child.tag == "Body"]
    media = tuple((child.text or "").strip() for child in element if child.tag == "Media")
    text = "".join(bodies) if bodies else (element.text or "")
    return Reply(text.strip(), media, element.get("to"), element.get("statusCallback"))
