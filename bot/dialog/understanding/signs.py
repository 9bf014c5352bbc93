"""Signs instead of words: a thumb beside a code, and what a phone writes by itself of a reaction."""

import re

_YES, _NO, _ME = "yes", "no", "sign me up"
_SIGNS = {
    **dict.fromkeys("\U0001f44d\U0001f44c\u2705\u2714\U0001f4af\U0001f91d\U0001fae1", _YES),
    **dict.fromkeys("\U0001f44e\u274c\U0001f645", _NO),
    **dict.fromkeys("\U0001f64b", _ME),
}
_REACTION = re.compile(
    r"\s*(?:liked|loved|disliked|laughed at|emphasized|questioned|le gusto|le encanto|me gusta|reacted .{1,20} to|"
    r"reacciono .{1,20} a|removed an? .{1,20} from|quito .{1,30} de|\W{1,6} (?:to|a))\s+[\"\u201c\u201d\u00ab]",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """A text of one sign and a code in words ("👍 4821" is "yes 4821"); any other as it is."""
    if text.isascii() or any(character.isalpha() for character in text):
        return text
    said = [_SIGNS[character] for character in text if character in _SIGNS]
    figures = "".join(character if character.isascii() and character.isdecimal() else " " for character in text)
    return " ".join((said.pop(), *figures.split())) if len(said) == 1 and figures.split() else text


def lone_sign(text: str) -> str:
    """ "yes" or "no" of a text that is one such sign, whatever its colour, and nothing else; empty for any other."""
    if text.isascii() or any(character.isalnum() for character in text):
        return ""
    said = {_SIGNS[character] for character in text if character in _SIGNS} & {_YES, _NO}
    return said.pop() if len(said) == 1 else ""


def is_thanks(text: str) -> bool:
    """Whether a text is nothing but signs of thanks or of having read it."""
    signs = [character for character in text if ord(character) > _FIRST_SIGN]
    bare = not any(character.isalnum() for character in text)
    return bare and bool(signs) and any(character in _THANKS or character in _SIGNS for character in signs)


_FIRST_SIGN = 0x2000
_THANKS = frozenset("\u2764\U0001f64f\U0001f60a\U0001f600\U0001f604\U0001f642\U0001f609\U0001f4aa\U0001f44f\U0001f917")


def is_reaction(text: str) -> bool:
    """Whether a phone tells of a reaction ("Liked “9570 is free …”"): what it quotes are our words, not an answer."""
    return _REACTION.match(text) is not None
