"""Entry officer by officer: in some rounds each may sign up so many minutes after the one above him."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from models.rules.awarding.ledger import Ledger
from models.rules.clauses.rounds import Round
from models.rules.facts import AwardFacts
from models.rules.orders.order import Order
from models.rules.reasons import Reason
from models.rules.time.round_times import begins_at
from models.rules.verdict import ELIGIBLE, Verdict


class Entry:
    """
    When each officer may sign up in a round. The first of its order may when the round begins, at the posting at the
    earliest; all whom the round is for take their minutes, whether they sign up or not.
    """

    def __init__(self, ledger: Ledger, each_round: Round, order: Order) -> None:
        self._ledger, self._round, self._order = ledger, each_round, order
        self._places: dict[tuple[object, ...], dict[int, int]] = {}

    def verdict(self, officer_id: int, opening_id: int, signed_up_at: datetime) -> Verdict:
        """Whether a sign-up of that moment counts; else when his turn opens, and his place."""
        apart = self._round.entry_minutes_apart
        if apart is None or not self._ledger.facts.has_everybody:
            return ELIGIBLE
        place = self._places_in(opening_id).get(officer_id, 0)
        opens_at = self._begins_at(opening_id) + timedelta(minutes=apart * place)
        if signed_up_at >= opens_at:
            return ELIGIBLE
        return Verdict(Reason.ENTRY_NOT_YET, {"opens_at": opens_at, "place": place + 1, "round": self._round.name})

    def is_for(self, officer_id: int, opening_id: int) -> bool:
        """Whether the round is for the officer."""
        return self._ledger.is_for(self._round, officer_id, opening_id)

    def verdict_now(self, officer_id: int, opening_id: int) -> Verdict:
        """Whether a sign-up of now would count."""
        return self.verdict(officer_id, opening_id, self._ledger.facts.now)

    def _begins_at(self, opening_id: int) -> datetime:
        opening = self._ledger.openings[opening_id]
        begins = begins_at(self._round, opening.starts_at, self._ledger.facts.zone)
        return max(begins, opening.posted_at) if begins else opening.posted_at

    def _places_in(self, opening_id: int) -> dict[int, int]:
        """The place of each officer whom the round is for, from 0."""
        key = alike(self._ledger, self._round, opening_id)
        if key not in self._places:
            ledger, statuses = self._ledger, self._ledger.facts.handbook.eligibility.statuses
            members = (
                ledger.standing(each.id, opening_id, self._round)
                for each in ledger.officers.values()
                if each.status in statuses and ledger.is_for(self._round, each.id, opening_id)
            )
            in_order = sorted(members, key=self._order.value)
            self._places[key] = {standing.officer.id: place for place, standing in enumerate(in_order)}
        return self._places[key]


def alike(ledger: Ledger, each_round: Round, opening_id: int) -> tuple[object, ...]:
    """What places go by in an order that stands still: openings that are alike in it have the same."""
    opening, who = ledger.openings[opening_id], each_round.who
    by_unit = who.own_unit or "own_unit" in each_round.keys
    by_day = who.qualifications or who.any_qualification
    last_day = ledger.eligibility.last_day(opening) if by_day else None
    by_time = (opening.starts_at, opening.ends_at) if each_round.goes_by_tours else None
    return (opening.pool, opening.unit if by_unit else None, last_day, by_time)


def may_enter(facts: AwardFacts, officer_id: int, opening_id: int) -> Verdict:
    """Whether the officer may sign up now: in any round that is for him; else when the first of his turns opens."""
    return who_may_enter(facts, [officer_id], opening_id)[officer_id]


def who_may_enter(facts: AwardFacts, officer_ids: Iterable[int], opening_id: int) -> dict[int, Verdict]:
    """The same of several officers."""
    if not facts.handbook.awarding.times_entry:
        return dict.fromkeys(officer_ids, ELIGIBLE)
    ledger = Ledger(facts)
    entries = [
        Entry(ledger, each, Order(each, facts.handbook, ledger.officers.values(), facts.seed))
        for each in facts.handbook.awarding.signup_rounds
    ]
    return {each: _earliest(entries, each, opening_id) for each in officer_ids}


def _earliest(entries: Iterable[Entry], officer_id: int, opening_id: int) -> Verdict:
    verdicts = [each.verdict_now(officer_id, opening_id) for each in entries if each.is_for(officer_id, opening_id)]
    if not verdicts or any(each.is_eligible for each in verdicts):
        return ELIGIBLE
    return min(verdicts, key=lambda each: str(each.figures["opens_at"]))
