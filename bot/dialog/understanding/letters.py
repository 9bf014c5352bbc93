"""The letters of the short forms inside of a sentence: "n6135 no i mean a6135"."""

from collections.abc import Iterator, Sequence

from bot.dialog.understanding.tokens import Token

_OF_OFFICERS = {"a": "accept", "n": "decline", "s": "signup", "d": "drop", "w": "withdraw"}
_OF_CONTRACTORS = {"v": "void"}


def lettered(tokens: Sequence[Token], *, contractor: bool) -> list[Token]:
    """The tokens with every such letter as the word it stands for. "a 6135" is left alone: there it is an article."""
    return list(_written_out(tokens, _OF_CONTRACTORS if contractor else _OF_OFFICERS))


def _written_out(tokens: Sequence[Token], verbs: dict[str, str]) -> Iterator[Token]:
    for place, token in enumerate(tokens):
        verb = verbs.get(token.text) if token.kind == "word" else None
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if verb and following is not None and _is_code(following) and _belongs(token, following, first=place == 0):
            yield Token("word", verb, token.start, token.end)
        else:
            yield token


def _is_code(token: Token) -> bool:
    return token.kind == "number" and token.text.isdecimal() and 3 <= len(token.text) <= 6


def _belongs(letter: Token, code: Token, *, first: bool) -> bool:
    return letter.end == code.start or (first and letter.text != "a")
