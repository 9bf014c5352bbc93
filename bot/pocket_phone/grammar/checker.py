"""Whether a document is voice TwiML: elements, attributes, nesting, values and limits."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import ParseError, fromstring

from bot.pocket_phone.grammar.attributes import CHECKS, REQUIRED
from bot.pocket_phone.grammar.elements import Element, every_element, response
from bot.pocket_phone.grammar.wholes import whole_complaints

# Twilio, error 11750: a document from a webhook may have so many bytes.
LARGEST_DOCUMENT_BYTES = 64 * 1024
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def check_twiml(document: str | bytes) -> list[str]:
    """What is wrong with the document, one sentence each that names element and attribute; empty if it is right."""
    content = document.encode() if isinstance(document, str) else document
    if len(content) > LARGEST_DOCUMENT_BYTES:
        return [f"The document has {len(content)} bytes; at most {LARGEST_DOCUMENT_BYTES} are taken."]
    if b"<!" in content.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        return ["TwiML has no document type."]
    try:
        root = fromstring(content)  # noqa: S314 - without a document type there are no entities to expand
    except (ParseError, LookupError, ValueError) as error:
        # The last two are what an encoding that cannot be read comes to.
        return [f"The document is not XML: {error}."]
    if root.tag != "Response":
        return [f"TwiML begins with <Response>, not <{root.tag}>."]
    return [*_complaints(root, response()), *whole_complaints(root)]


def _complaints(node: Node, element: Element) -> Iterator[str]:
    yield from _of_attributes(node, element)
    yield from _of_text(node, element)
    children = element.children()
    for child in node:
        if child.tag in children:
            yield from _complaints(child, children[child.tag])
        elif child.tag in every_element():
            yield f"<{child.tag}> may not stand in <{node.tag}>."
        else:
            yield f"There is no <{child.tag}> in TwiML."


def _of_attributes(node: Node, element: Element) -> Iterator[str]:
    checks = CHECKS.get(element.name, {})
    given = {"xml:lang" if name == _XML_LANG else name: value for name, value in node.attrib.items()}
    for name, value in given.items():
        if name not in element.attributes:
            yield f"<{element.name}> has no attribute {name}."
        elif name in checks and (wanted := checks[name](value)):
            yield f"<{element.name}> {name}={value!r} is not {wanted}."
    for name in REQUIRED.get(element.name, ()):
        if name not in given:
            yield f"<{element.name}> needs {name}."


def _of_text(node: Node, element: Element) -> Iterator[str]:
    """Text where Twilio reads none would never be heard."""
    texts = [node.text, *(child.tail for child in node)]
    if not element.has_text and any(text and text.strip() for text in texts):
        yield f"<{element.name}> holds text that nobody hears."
