"""Who was wrongly passed over where no award is made: down a list, and first come. Pure.

Nobody knows whether who was not asked would have said yes. So nobody counts as passed over in favour of more officers
than took a slot, and who was asked, or was listed before them and still not asked, was not passed over by a wrong fact.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from models.rules.asking.asking import CallOutKind, about_facts, asking
from models.rules.asking.replacement import replacement_order
from models.rules.awarding.award import award
from models.rules.awarding.entry import may_enter
from models.rules.awarding.outcomes import SignupVerdict
from models.rules.awarding.taking import Taking
from models.rules.facts import AwardFacts, OpeningFacts
from models.rules.reasons import Figures, Reason
from models.rules.replaying.bypass import Bypassed, Correction, corrected

ListingKind = Literal["call_out", "announced", "refused"]


@dataclass(frozen=True, slots=True)
class PastListing:
    """
    A moment at which officers were listed for an opening, with its facts: a call-out asked somebody, a detail that goes
    first come was announced, or an officer came first and was refused.

    `asked` are those whom the call-out asked, `taken` who took a slot by this list and when; `standby_ids` and `never`
    are what the list was made from, `call_out` and `band` how officers were asked.
    """

    id: int
    kind: ListingKind
    facts: AwardFacts
    opening_id: int
    taken: tuple[tuple[int, datetime], ...] = ()
    asked: frozenset[int] = frozenset()
    standby_ids: tuple[int, ...] = ()
    never: tuple[int, ...] = ()
    call_out: CallOutKind = "replacement"
    band: str = ""

    @property
    def opening(self) -> OpeningFacts:
        """What it was about."""
        return next(each for each in self.facts.openings if each.id == self.opening_id)


def bypassed_by_list(past: Iterable[PastListing], corrections: Sequence[Correction]) -> Iterator[Bypassed]:
    """Who should have been asked, told or given the slot, listing by listing; each officer once for an opening."""
    found: set[tuple[int, int]] = set()
    for each in past:
        for one in _BY_KIND[each.kind](each, corrections):
            if (one.officer_id, each.opening_id) not in found:
                found.add((one.officer_id, each.opening_id))
                yield one


def came_first(facts: AwardFacts) -> SignupVerdict:
    """What came of an officer's coming for what goes first come: by his turn, where he has one, then by the rest."""
    [his] = facts.signups
    early = may_enter(facts, his.officer_id, his.opening_id)
    if early.reason is not None:
        return SignupVerdict(his.officer_id, his.opening_id, "ineligible", early.reason, early.figures)
    return next(each for each in award(facts).verdicts if each.officer_id == his.officer_id)


def _of_call_out(past: PastListing, corrections: Sequence[Correction]) -> Iterator[Bypassed]:
    then, now = _places(past, past.facts), _places(past, corrected(past.facts, corrections))
    last = len(then) + len(now) + 1
    badges = {each.id: each.badge for each in past.facts.officers}
    # Who ranks last of those who took a slot would have gone without it first.
    left = sorted((who for who, _ in past.taken), key=lambda who: now.get(who, last))
    for officer_id, place in now.items():
        if not left or officer_id in past.asked or now.get(left[-1], last) < place:
            continue
        if then.get(officer_id, last) < then.get(left[-1], last):
            continue
        instead = left.pop()
        figures: Figures = {"place": place, "badge": badges.get(instead)}
        right = SignupVerdict(officer_id, past.opening_id, "standby", Reason.ASKED_BEFORE, figures, place=place)
        yield Bypassed("call_out", past.id, past.opening, officer_id, _told(past, officer_id), right, (instead,))


def _places(past: PastListing, facts: AwardFacts) -> dict[int, int]:
    """The place of each officer on the list, from 1, in its order."""
    how = asking(facts.handbook, past.call_out, past.band, about_facts(past.opening))
    order = replacement_order(facts, past.opening_id, past.standby_ids, past.never, how)
    return {each.officer_id: place for place, each in enumerate(order.candidates, start=1)}


def _of_announced(past: PastListing, corrections: Sequence[Correction]) -> Iterator[Bypassed]:
    """Who was not told of what went first come, and should have been."""
    facts, about = corrected(past.facts, corrections), past.opening
    judge, badges = Taking(facts, "signup"), {each.badge for each in corrections}
    for officer in facts.officers:
        told = _told(past, officer.id) if officer.badge in badges else None
        if told is None or not judge.verdict(officer, about, facts.now).is_eligible:
            continue
        yield from _came_too_late(past, told, SignupVerdict(
            officer.id, about.id, "standby", Reason.TO_BE_TOLD, {"posted_at": facts.now}
        ))  # fmt: skip


def _of_refused(past: PastListing, corrections: Sequence[Correction]) -> Iterator[Bypassed]:
    """Who came while a slot was free, and was refused for what was not so."""
    right = came_first(corrected(past.facts, corrections))
    if right.outcome == "awarded":
        yield from _came_too_late(past, came_first(past.facts), right)


def _came_too_late(past: PastListing, told: SignupVerdict, right: SignupVerdict) -> Iterator[Bypassed]:
    """Nobody was passed over who had a slot of it after all."""
    later = tuple(who for who, taken_at in past.taken if taken_at >= past.facts.now)
    if right.officer_id not in {who for who, _ in past.taken}:
        yield Bypassed("first_come", past.id, past.opening, right.officer_id, told, right, later)


def _told(past: PastListing, officer_id: int) -> SignupVerdict | None:
    """What stood against him by the facts of then; None when nothing did and he was only listed later."""
    officer = next(each for each in past.facts.officers if each.id == officer_id)
    stage: Literal["signup", "award"] = "signup" if past.kind == "announced" else "award"
    found = Taking(past.facts, stage).verdict(officer, past.opening, past.facts.now)
    if found.reason is None:
        return None
    return SignupVerdict(officer_id, past.opening_id, "ineligible", found.reason, found.figures)


_BY_KIND = {"call_out": _of_call_out, "announced": _of_announced, "refused": _of_refused}
