"""The words of a text as phrases are looked for in them: spelt right, without courtesies, and where clauses begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.dialog.understanding.phrases import contracted, spelled
from bot.dialog.understanding.spelling import corrected
from bot.dialog.understanding.tokens import Token
from bot.dialog.understanding.words import lists, word_set


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words of a text without its marks; `breaks` are the places before which a clause begins."""

    words: list[str]
    sources: list[Token]
    breaks: frozenset[int]
    asks: bool

    def begin(self, place: int) -> int:
        """Where the clause that holds the word begins."""
        return max((one for one in self.breaks if one <= place), default=0)


def respelled(tokens: Sequence[Token]) -> list[Token]:
    """Every word as it should have been, so that times and days are found in misspelt texts too."""
    out: list[Token] = []
    for token in tokens:
        if token.kind != "word":
            out.append(token)
            continue
        written = lists("speech")["spellings"].get(token.text)
        words = written.split() if written else [corrected(token.text)]
        out.extend(Token("word", word, token.start, token.end) for word in words)
    return _contracted(out)


def _contracted(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    run: list[Token] = []
    for token in [*tokens, None]:
        if token is not None and token.kind == "word":
            run.append(token)
            continue
        kept.extend(_contracted_run(run))
        run = []
        if token is not None:
            kept.append(token)
    return kept


def _contracted_run(run: list[Token]) -> list[Token]:
    words = [token.text for token in run]
    short = contracted(words)
    if short == words:
        return run
    # A shorter form stands where its first word stood; only the place of the whole run has to stay right.
    return [Token("word", word, run[min(at, len(run) - 1)].start, run[-1].end) for at, word in enumerate(short)]


def clauses_of(tokens: Sequence[Token]) -> Clauses:
    """The words of the tokens, marks and courtesies taken out."""
    words: list[str] = []
    sources: list[Token] = []
    breaks: set[int] = {0}
    asks = False
    for token in tokens:
        if token.kind == "mark":
            asks = asks or token.text in "?\u00bf"
            if token.text in ".?!;\u00bf,":
                breaks.add(len(words))
            continue
        if token.kind == "number" and token.text == "1" and token.end - token.start > 1:
            continue  # "un", "una" and "one" are articles and pronouns here.
        for word in spelled([token.text]) if token.kind == "word" else [_key(token)]:
            words.append(word)
            sources.append(token)
    return _without_courtesy(Clauses(words, sources, frozenset(breaks), asks))


def _key(token: Token) -> str:
    return f"ten:{token.text}" if token.kind == "ten" else token.text


def _without_courtesy(clauses: Clauses) -> Clauses:
    """Polite frames ("can you", "if its still open") weigh nothing and are taken out before phrases are looked for."""
    words, sources, breaks = list(clauses.words), list(clauses.sources), set(clauses.breaks)
    place = 0
    while place < len(words):
        length = next((size for size in range(7, 0, -1) if _is_polite(words, place, size)), 0)
        if length:
            del words[place : place + length], sources[place : place + length]
            breaks = {one - min(length, one - place) if one > place else one for one in breaks}
        else:
            place += 1
    return Clauses(words, sources, frozenset(breaks), clauses.asks)


def _is_polite(words: Sequence[str], place: int, size: int) -> bool:
    frames = _polite().get(words[place])
    return frames is not None and tuple(words[place : place + size]) in frames


@cache
def _polite() -> dict[str, frozenset[tuple[str, ...]]]:
    frames = [tuple(spelled(phrase.split())) for phrase in lists("speech")["polite"]]
    return {
        first: frozenset(one for one in frames if one[:1] == (first,)) for first in {one[0] for one in frames if one}
    }


_UNDERSTANDS = frozenset(("speak", "understand", "read", "know", "hablo", "entiendo", "leo", "se", "comprendo"))
_FEW = 4


def language_of(clauses: Clauses) -> str:
    """ "spanish please", "switch to english", "hablas espanol": the language named last, and nothing else of weight."""
    known = lists("speech")["language"]
    named = [code for word in clauses.words for code in ("en", "es") if word in known[code]]
    heard = set(clauses.words) - set(known["en"]) - set(known["es"])
    if heard & word_set("negators") and heard & _UNDERSTANDS and len(set(named)) == 1 and len(heard) <= _FEW:
        return "es" if named[0] == "en" else "en"  # "no entiendo ingles", "i dont speak spanish"
    if not named or clauses.words.count("ten") or not heard <= set(known["with"]) | word_set("courtesies"):
        return ""
    return named[-1] if not heard & word_set("negators") - {"no"} else ""
