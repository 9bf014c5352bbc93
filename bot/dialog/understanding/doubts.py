"""Why a phrase of a command may not be a wish: it is denied, asked about, supposed, or told of somebody else."""

from collections.abc import Sequence

from bot.dialog.understanding.clauses import Clauses
from bot.dialog.understanding.phrases import Match
from bot.dialog.understanding.stakes import DESTRUCTIVE, INFORMING
from bot.dialog.understanding.words import lists, word_set

_DOUBT_AFTER = frozenset(("what", "how", "if", "whether"))


def doubt_of(command: str, own: Sequence[Match], clauses: Clauses) -> str | None:
    """Why a phrase is not a wish here; None when it is one. What comes near is named, a denial of it is not."""
    first = min(own, key=lambda match: match.start)
    covered = {place for match in own for place in range(match.start, match.end)}
    outside = [(place, word) for place, word in enumerate(clauses.words) if place not in covered]
    if _is_denied(first, outside, clauses) or _denies_itself(own, clauses):
        return ""
    if command in INFORMING:
        return None
    near = command if command != "opt_out" else ""
    words = {word for _, word in outside}
    if command in DESTRUCTIVE and (_goes_elsewhere(command, own, clauses) or _wants_otherwise(own, clauses)):
        return ""
    if words & word_set("doubts") or _is_told_of_others(command, first, outside, clauses):
        return near
    if command in DESTRUCTIVE and (words & word_set("past") or _asks_leave(clauses)):
        return near
    return near if _is_asked(command, first, outside, clauses) else None


def _denies_itself(own: Sequence[Match], clauses: Clauses) -> bool:
    """ "no rechazo el 4821" refuses nothing."""
    begun = {match.start - (clauses.words[match.start - 1] == "a"): match for match in own if match.start}
    for match in own:
        following = begun.get(match.end)
        begins_with_no = clauses.words[match.start] in word_set("negators")
        if begins_with_no and following and match.end not in clauses.breaks:
            return clauses.words[following.start] not in word_set("negators")
    return False


def _goes_elsewhere(command: str, own: Sequence[Match], clauses: Clauses) -> bool:
    """ "I cant make it to your party" gives no detail back, whatever the party is called."""
    if command == "cancel_order":
        return False  # "paving got pushed to next week"
    for match in own:
        rest = clauses.words[match.end : match.end + 3]
        if match.phrase.sort == "sure" and rest[:1] in (["to"], ["a"]):
            target = next((word for word in rest[1:] if word not in _POSSESSIVES), "")
            if target.isalpha() and target not in word_set("work"):
                return True
    return False


def _wants_otherwise(own: Sequence[Match], clauses: Clauses) -> bool:
    """ "I dont want to lose 4821", "no quiero perder el 4821": what is not wanted is another deed than taking it."""
    for match in own:
        rest = clauses.words[match.end : match.end + 2]
        wants = clauses.words[match.end - 1] in _WANTING
        deed = rest[1:2] if rest[:1] == ["to"] else rest[:1] if wants and _is_infinitive(rest[:1]) else []
        if wants and deed and deed[0] not in word_set("taking"):
            return True
    return False


_WANTING = frozenset(("want", "wish", "quiero", "deseo"))


def _is_infinitive(words: Sequence[str]) -> bool:
    return bool(words) and words[0].isalpha() and words[0].endswith(("ar", "er", "ir", "arlo", "erlo", "irlo"))


_POSSESSIVES = frozenset(("my", "your", "our", "his", "her", "their", "that", "this", "mi", "tu", "su"))


def _is_denied(first: Match, outside: Sequence[tuple[int, str]], clauses: Clauses) -> bool:
    begin = clauses.begin(first.start)
    reach = 3 if first.phrase.command in ("agent", "opt_out") else 5  # "this isnt working let me talk to someone"
    return any(
        word in word_set("negators") and max(begin, first.start - reach) <= place < first.start
        for place, word in outside
    )


def _asks_leave(clauses: Clauses) -> bool:
    said = " ".join(clauses.words)
    return any(said.startswith(f"{leave} ") for leave in lists("speech")["permission"])


def _is_told_of_others(command: str, first: Match, outside: Sequence[tuple[int, str]], clauses: Clauses) -> bool:
    begin = clauses.begin(first.start)
    before = [word for place, word in outside if begin <= place < first.start]
    subject = [word for place, word in outside if first.start - 2 <= place < first.start]
    if any(word in word_set("subjects") for word in subject) and not {"i", "im", "ill", "id", "yo"} & set(subject):
        return True
    allowed = word_set("reasons") if command in ("drop", "decline", "withdraw") else frozenset()
    return any(word in word_set("others") and word not in allowed for word in before)


def _is_asked(command: str, first: Match, outside: Sequence[tuple[int, str]], clauses: Clauses) -> bool:
    begin = clauses.begin(first.start)
    if command == "opt_out":  # "who gave you my number stop texting me", "how do i opt out"
        return any(word in ("if", "whether", "happens", "si") for place, word in outside if place < first.start)
    before = [(place, word) for place, word in outside if begin <= place < first.start]
    after = {word for place, word in outside if place >= first.end}
    for place, word in before:
        late = place > begin and clauses.words[place - 1] != "y"
        if word in word_set("asking") and not (word in ("que", "si", "when") and late):
            if word == "si" and command in ("accept", "signup") and not clauses.asks:
                continue
            return True
        if place == begin and word in word_set("questions"):
            return True
    if command in DESTRUCTIVE and (after & _DOUBT_AFTER or (clauses.asks and first.start == begin and _bare(command))):
        return True
    return clauses.asks and command in DESTRUCTIVE and not _was_polite(clauses)


def _bare(command: str) -> bool:
    return command in ("drop", "withdraw", "decline")


def _was_polite(clauses: Clauses) -> bool:
    return "me" in clauses.words
