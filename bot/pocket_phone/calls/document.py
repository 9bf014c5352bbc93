"""An application's answer to a voice webhook, read: a document to carry out, or the number of what is wrong with it."""

import dataclasses
from xml.etree.ElementTree import Element, SubElement

from bot.pocket_phone.grammar.checker import check_twiml
from bot.pocket_phone.post import Answer
from bot.pocket_phone.twiml import DOCUMENT_PARSE_FAILURE, INVALID_CONTENT_TYPE, BadTwiml, parse

_XML = ("text/xml", "application/xml", "text/html")


@dataclasses.dataclass(frozen=True)
class Document:
    """TwiML and where it came from: relative addresses in it are relative to `url`, empty for TwiML given as such."""

    root: Element
    url: str
    complaints: list[str]


def read_document(answer: Answer, url: str) -> Document:
    """The document in the answer; BadTwiml with Twilio's number if there is none.

    Text is read out and sound is played, as Twilio does with answers of those types.
    """
    if answer.error is not None:
        said = f"answered {answer.status}" if answer.status else "did not answer"
        raise BadTwiml(answer.error, f"The webhook {said}.")
    if answer.content_type == "text/plain":
        return Document(_of_one("Say", answer.body.decode("utf-8", "replace")), url, [])
    if answer.content_type.startswith("audio/"):
        return Document(_of_one("Play", url), url, [])
    if answer.content_type not in _XML:
        raise BadTwiml(INVALID_CONTENT_TYPE, f"An answer of type {answer.content_type} is no TwiML.")
    return parse_document(answer.body, url)


def parse_document(body: bytes, url: str) -> Document:
    """TwiML as bytes; BadTwiml if it is none. What is only wrong in a detail is told in `complaints`."""
    root = parse(body)
    if root.tag != "Response":
        raise BadTwiml(DOCUMENT_PARSE_FAILURE, f"TwiML begins with <Response>, not <{root.tag}>.")
    return Document(root, url, check_twiml(body))


def _of_one(verb: str, text: str) -> Element:
    root = Element("Response")
    SubElement(root, verb).text = text
    return root
