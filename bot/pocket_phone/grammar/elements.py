"""Which elements, attributes and nesting voice TwiML has, read off the twilio package's own TwiML classes."""

import dataclasses
import functools
import inspect

from twilio.twiml import TwiML
from twilio.twiml.voice_response import VoiceResponse

# The package's helpers for these make no verb of the language: a queue stands in <Dial>, a prompt in <Pay>.
_NO_VERBS = frozenset({"Queue", "Prompt"})


@dataclasses.dataclass(frozen=True)
class Element:
    """One element where it may stand: its attributes, whether it may hold text, and its class for what it nests."""

    name: str
    attributes: frozenset[str]
    has_text: bool
    kind: type[TwiML]

    def children(self) -> dict[str, "Element"]:
        """The elements that may stand in it, by name."""
        return _children_of(self.kind)


@functools.cache
def response() -> Element:
    """The root of every document."""
    return Element("Response", frozenset(), has_text=False, kind=VoiceResponse)


@functools.cache
def every_element() -> frozenset[str]:
    """All element names, wherever they may stand."""
    return frozenset(element.name for element in every_place())


def every_place() -> list[Element]:
    """Each kind of element once."""
    seen: dict[type[TwiML], Element] = {}
    waiting = [response()]
    while waiting:
        element = waiting.pop()
        if element.kind not in seen:
            seen[element.kind] = element
            waiting.extend(element.children().values())
    return list(seen.values())


@functools.cache
def _children_of(kind: type[TwiML]) -> dict[str, Element]:
    parent = _instance(kind)
    helpers = [
        getattr(parent, name) for name in vars(kind) if not name.startswith("_") and callable(getattr(parent, name))
    ]
    children = [_child_made_by(helper) for helper in helpers]
    hidden = _NO_VERBS if kind is VoiceResponse else frozenset()
    return {child.name: child for child in children if child.name not in hidden}


def _instance(kind: type[TwiML]) -> TwiML:
    """An element of this class; what its constructor wants as text is given a word."""
    wanted = inspect.signature(kind.__init__).parameters.values()
    return kind(*["text" for one in wanted if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD][1:])


def _child_made_by(helper) -> Element:  # type: ignore[no-untyped-def] # a bound method of any TwiML class
    """The element that a helper such as `gather` nests: what does not become its text is an attribute."""
    names = [one.name for one in inspect.signature(helper).parameters.values() if one.kind is one.POSITIONAL_OR_KEYWORD]
    made = helper(**dict.fromkeys(names, "text"))
    return Element(made.name, frozenset(made.attrs), has_text=made.value is not None, kind=type(made))
