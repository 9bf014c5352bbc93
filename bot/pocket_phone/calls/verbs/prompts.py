"""<Say>, <Play> and <Pause>: what a person listens to."""

from urllib.parse import urljoin
from xml.etree.ElementTree import Element, tostring

from bot.pocket_phone.calls.document import Document
from bot.pocket_phone.calls.events import Event, Script, TimeUp, Wait
from bot.pocket_phone.calls.session import Session

# How fast a voice reads: nothing here can hear it.
_WORDS_PER_SECOND = 2.6
_TONE_SECONDS = 0.25


def run_prompt(session: Session, document: Document, node: Element) -> Script:
    """Let it play; keys and words count for nothing meanwhile."""
    wait = begin(session, document, node)
    while not isinstance((yield wait), TimeUp):
        pass


def begin(session: Session, document: Document, node: Element) -> Wait:
    """The person begins to hear it; gives how long that takes, for ever if it is looped without end."""
    seconds = _HEARD[node.tag](session, document, node)
    loops = node.get("loop", "1")
    times = int(loops) if loops.isdecimal() else 1
    return Wait("playing", None if times == 0 else seconds * times)


def is_stopped_by(event: Event, *, keys: bool, words: bool) -> bool:
    """Whether what happened stops a prompt that listens for these."""
    kind = type(event).__name__
    return (keys and kind == "Pressed") or (words and kind == "Said")


def _say(session: Session, _document: Document, node: Element) -> float:
    text = " ".join("".join(_spoken(node)).split())
    session.hear("say", text, ssml=_marks(node), language=node.get("language"), voice=node.get("voice"))
    return max(1.0, len(text.split()) / _WORDS_PER_SECOND)


def _play(session: Session, document: Document, node: Element) -> float:
    address = (node.text or "").strip()
    if not address and node.get("digits"):
        session.hear("tone", node.get("digits", ""))
        return len(node.get("digits", "")) * _TONE_SECONDS
    url = urljoin(document.url, address)
    session.hear("play", url)
    return session.board.recordings.seconds_of(url)


def _pause(_session: Session, _document: Document, node: Element) -> float:
    length = node.get("length", "1")
    return float(length) if length.isdecimal() else 1.0


_HEARD = {"Say": _say, "Play": _play, "Pause": _pause}


def _spoken(node: Element) -> list[str]:
    """The words as they are read: an abbreviation's alias stands for it, and a break parts what it stands between."""
    words = [node.get("alias", "") if node.tag == "sub" else node.text or ""]
    for child in node:
        words += [" "] if child.tag in ("break", "p", "s") else []
        words += [*_spoken(child), child.tail or ""]
    return words


def _marks(node: Element) -> str | None:
    """The text with its SSML; None without any."""
    if not len(node):
        return None
    written = tostring(node, encoding="unicode")
    return written[written.index(">") + 1 : written.rindex("</")].strip()
