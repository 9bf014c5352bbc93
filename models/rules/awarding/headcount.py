"""An ordered headcount changes: how many slots each rank then has, and who gives way. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.awarding.ledger import Ledger
from models.rules.awarding.rank_mix import slots_for
from models.rules.awarding.rounds import RoundRun
from models.rules.clauses.headcount import GivesWay
from models.rules.facts import AwardFacts, OpeningFacts
from models.rules.handbook import Handbook
from models.rules.orders.order import natural
from models.rules.pay.facts import WorkFacts
from models.rules.pay.pay import NoRate, quote


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a slot: since when, whether he is giving it back, and whether he is a guest."""

    assignment_id: int
    officer_id: int
    given_at: datetime
    gives_back: bool = False
    is_guest: bool = False

    def why(self, handbook: Handbook) -> str:
        """Why it is he who gives way; the key of a prompt."""
        if self.gives_back:
            return "gives_back"
        return "guest" if self.is_guest else handbook.headcount.gives_way


@dataclass(frozen=True, slots=True)
class Owed:
    """What the handbook owes for the cancellation: guaranteed time and money, never worked time."""

    minutes: int
    cents: int
    to_officer: bool


def is_by_mix(handbook: Handbook, openings: Sequence[OpeningFacts]) -> bool:
    """Whether the detail's openings are as a headcount makes them: alike in all but the rank, and each rank once."""
    if not handbook.rank_mix.bands:
        return False
    alike = {(each.starts_at, each.ends_at, each.qualifications, each.unit) for each in openings}
    ranks = [each.ranks for each in openings]
    mixed = {(), *((band.rank,) for band in handbook.rank_mix.bands)}
    return len(alike) == 1 and len(set(ranks)) == len(ranks) and mixed.issuperset(ranks)


def slots_by_rank(
    handbook: Handbook, headcount: int, there: Mapping[str | None, int], *, turned: bool
) -> dict[str | None, int]:
    """
    The slots of each rank (None: any) for so many officers, the mix read anew. Once supervisors' slots have `turned`
    ordinary, no more of them are made than there are. Raises OutsideEveryBand.
    """
    wanted: dict[str | None, int] = {each.rank: each.count for each in slots_for(handbook, headcount)}
    for rank in [each for each in wanted if each is not None] if turned else ():
        more = max(wanted[rank] - there.get(rank, 0), 0)
        wanted[rank] -= more
        wanted[None] = wanted.get(None, 0) + more
    return {rank: wanted.get(rank, 0) for rank in {**there, **wanted}}


def giving_way(facts: AwardFacts, opening_id: int, holders: Iterable[Holder]) -> list[Holder]:
    """The holders in the order in which they give way, by the handbook."""
    last_first = _last_first(facts, opening_id, list(holders))
    return sorted(last_first, key=lambda each: (not each.gives_back, not each.is_guest))


def cancellation_owed(handbook: Handbook, facts: WorkFacts) -> Owed | None:
    """What is owed for work that was called off at `cancelled_at`; None where nothing is, or nothing says the rate."""
    try:
        found = quote(handbook.pay, facts)
    except NoRate:
        return None
    lines = [each for each in found.lines if each.what == "cancellation"]
    minutes, cents = sum(each.minutes for each in lines), sum(each.amount_cents for each in lines)
    return Owed(minutes, cents, all(each.payee == "officer" for each in lines)) if minutes else None


def _last_first(facts: AwardFacts, opening_id: int, holders: list[Holder]) -> list[Holder]:
    how: GivesWay = facts.handbook.headcount.gives_way
    if how == "last_given":
        return sorted(holders, key=lambda each: (each.given_at, each.assignment_id), reverse=True)
    places = _places(facts, opening_id) if how == "last_in_order" else _places_by_seniority(facts)
    return sorted(holders, key=lambda each: places.get(each.officer_id, len(places)), reverse=True)


def _places(facts: AwardFacts, opening_id: int) -> dict[int, int]:
    """The place of each officer in the order of the first round that is for him."""
    ledger, places = Ledger(facts), dict[int, int]()
    for each_round in facts.handbook.awarding.signup_rounds:
        members = [
            each for each in ledger.officers if each not in places and ledger.is_for(each_round, each, opening_id)
        ]
        for standing in RoundRun(ledger, each_round).in_order(opening_id, members):
            places[standing.officer.id] = len(places)
    return places


def _places_by_seniority(facts: AwardFacts) -> dict[int, int]:
    in_order = sorted(facts.officers, key=lambda each: (each.seniority_on, natural(each.badge)))
    return {each.id: place for place, each in enumerate(in_order)}
