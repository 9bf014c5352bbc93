"""What several flows share: which of an officer's things a text is about, and how a thing is told."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flows.caller import Caller
from flows.steps import Exits, Memory
from models.awarding.telling.mine import Holding, how_it_ended
from models.details.opening import Opening, openings_by_code
from models.rules import codes
from models.working.welfare import open_check

EXITS = Exits(
    nonsense=("again.first", "again.second"),
    silence=("again.silent_first", "again.silent_second"),
    on_time_out="end",
    too_many="person",
    repeats=True,
)
"""Re-prompts that fit any question; a flow that uses them has a step `person`."""


def said_codes(memory: Memory) -> list[str]:
    """The codes that were said, in their order."""
    return list(memory.get("codes", ()))


def about(holding: Holding) -> dict[str, Any]:
    """A holding as prompts tell it."""
    return {**holding.opening.told(), "due_at": holding.due_at}


def listed(holdings: Iterable[Holding]) -> list[dict[str, Any]]:
    """Holdings as a list to choose from; the code is the answer."""
    return [
        {"code": held.opening.code, "starts_at": held.opening.starts_at, "place": held.opening.place}
        for held in holdings
    ]


def is_pointed_out(memory: Memory) -> bool:
    """Whether a day or a place was said instead of a code: "can't do saturday", "drop the harbor paving job"."""
    return bool(memory.get("date") or memory.get("site"))


def fitting(caller: Caller, holdings: Iterable[Holding], memory: Memory) -> list[Holding]:
    """Those on the day and at the place that were said; all of them when neither was."""
    return [held for held in holdings if is_meant(caller, held.opening, memory)]


def is_meant(caller: Caller, opening: Opening, memory: Memory) -> bool:
    """Whether an opening is on the day and at the place that were said; it is when neither was."""
    day, site = memory.get("date"), _words(str(memory.get("site", "")))
    on_the_day = not day or opening.starts_at.astimezone(caller.department.zone).date().isoformat() == day
    return on_the_day and all(any(_is_of(word, other) for other in _names(opening)) for word in site)


def _names(opening: Opening) -> list[str]:
    return _words(f"{opening.place} {opening.contractor} {opening.address or ''} {opening.kind or ''}")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _is_of(said: str, name: str) -> bool:
    """A word, or its beginning: "pav" is of "paving", and "street" of "st"."""
    shorter, longer = sorted((said, name), key=len)
    return said == name or (len(shorter) >= _SHORTEST_PART and longer.startswith(shorter))


_SHORTEST_PART = 2


def with_code(holdings: Sequence[Holding], code: str) -> Holding | None:
    """The holding with this code; an assignment or offer before a signup for the same opening."""
    found = [held for held in holdings if held.opening.code == code]
    return min(found, key=lambda held: held.kind == "signup", default=None)


def unknown_code(caller: Caller, code: str) -> tuple[str, dict[str, Any]]:
    """What a code is that the officer holds nothing by: no code of ours, or that of a detail he has no part in."""
    opening: Opening | None = None
    if codes.is_code(code):
        opening = openings_by_code(caller.work, caller.department.id, [code]).get(code)
    if opening is None:
        return "no_such_code", {"code": code}
    return "not_yours", opening.told()


def past_or_unknown(caller: Caller, code: str) -> tuple[str, dict[str, Any]]:
    """As `unknown_code`, but of what was once the officer's to answer it says how that ended."""
    name, values = unknown_code(caller, code)
    ended = how_it_ended(caller.work, caller.officer, code) if name == "not_yours" else None
    return (_ENDINGS.get(ended, "ended") if ended else name), values


_ENDINGS = {"lapsed": "expired", "expired": "expired", "withdrawn": "gone", "unreachable": "unreachable"}


_VERBS = re.compile(r"ACCEPT|TAKE|DECLINE|PASS|REFUSE|ACEPT|TOM[AO]|RECHAZ|DECLIN|PASO")
"""A yes or a no that names what it is to: it is no answer to anything else."""


def is_asked_whether_well(caller: Caller, memory: Memory) -> bool:
    """Whether a bare yes or no is the answer to a welfare check: that comes before anything else that waits."""
    is_a_verb = _VERBS.match(caller.heard.strip().upper()) is not None
    bare = memory.get("command") in ("accept", "decline") and not said_codes(memory) and not is_a_verb
    is_on_site = any(one.kind == "assignment" and one.state == "checked_in" for one in caller.holdings())
    return bare and is_on_site and open_check(caller.work, caller.officer) is not None
