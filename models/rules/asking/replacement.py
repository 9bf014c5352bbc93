"""Who is asked, in what order, when a slot comes free after the award."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from models.rules.asking.asking import Asking, asking
from models.rules.awarding.ledger import Ledger
from models.rules.awarding.rounds import RoundRun
from models.rules.awarding.taking import Taking
from models.rules.charging.charging import prices_skipping
from models.rules.clauses.rounds import Round
from models.rules.facts import AwardFacts, OpeningFacts
from models.rules.reasons import Reason
from models.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Candidate:
    """An officer to be asked, as a standby of the award or as one of everyone; `counter` is the pool that what he says
    counts in, where the round in which he is asked has one of its own.
    """

    officer_id: int
    via: Literal["standby", "everyone"]
    counter: str | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An officer who cannot take the slot, and why; `counter` as of a candidate."""

    officer_id: int
    verdict: Verdict
    counter: str | None = None


@dataclass(frozen=True, slots=True)
class ReplacementOrder:
    """
    Whom to ask, first to last, and the standbys who fell out. `skipped` are those whose turn it would have been before
    the first who is asked, and who cannot take it; told only where the handbook prices that.
    """

    candidates: tuple[Candidate, ...]
    passed_over: tuple[PassedOver, ...]
    skipped: tuple[PassedOver, ...] = ()


def replacement_order(
    facts: AwardFacts,
    opening_id: int,
    standby_ids: Sequence[int],
    never: Collection[int] = (),
    how: Asking | None = None,
) -> ReplacementOrder:
    """
    The standbys of the award, each judged again by the facts of now, then everyone else the handbook lets be asked
    in the order of its rounds, or of the one round that `how` names. `never` are those who must not be asked: who
    dropped, and who was asked already.
    """
    ledger, how = Ledger(facts), how or asking(facts.handbook, "replacement", "")
    judge, opening = Taking(facts), ledger.openings[opening_id]
    standbys = [each for each in standby_ids if each not in never and how.standby_first]
    verdicts = {each: _verdict(ledger, judge, each, opening) for each in standbys}
    rounds = _rounds(ledger, opening, how.round)
    able = [each for each in standbys if verdicts[each].is_eligible]
    candidates = [Candidate(each, "standby", _counter_of(ledger, rounds, each, opening)) for each in able]
    if how.everyone:
        others = [each for each in ledger.officers if each not in never and each not in verdicts]
        candidates.extend(_everyone(ledger, judge, opening, others, rounds))
    passed_over = (PassedOver(each, found) for each, found in verdicts.items() if not found.is_eligible)
    asked = next((each.officer_id for each in candidates if each.via == "everyone"), None)
    skipped = () if asked is None else tuple(_skipped(ledger, judge, opening, asked, never, how.round))
    return ReplacementOrder(tuple(candidates), tuple(passed_over), skipped)


def _skipped(
    ledger: Ledger, judge: Taking, opening: OpeningFacts, asked: int, never: Collection[int], only: Round | None
) -> Iterator[PassedOver]:
    handbook = ledger.facts.handbook
    every = (only,) if only else handbook.awarding.signup_rounds
    of_his = next((each for each in every if ledger.is_for(each, asked, opening.id)), None)
    if of_his is None or "rotation" not in of_his.keys:
        return
    if not prices_skipping(handbook, of_his.pool_of(opening.pool)):
        return
    members = [each for each in ledger.officers if each not in never and ledger.is_for(of_his, each, opening.id)]
    for standing in RoundRun(ledger, of_his).in_order(opening.id, members):
        if standing.officer.id == asked:
            return
        found = _verdict(ledger, judge, standing.officer.id, opening)
        if not found.is_eligible and standing.officer.status == "active":
            yield PassedOver(standing.officer.id, found, of_his.counter)


def _verdict(ledger: Ledger, judge: Taking, officer_id: int, opening: OpeningFacts) -> Verdict:
    officer = ledger.officers.get(officer_id)
    if officer is None:
        return Verdict(Reason.STATUS_SEPARATED)
    return judge.verdict(officer, opening, ledger.facts.now)


def _rounds(ledger: Ledger, opening: OpeningFacts, only: Round | None) -> list[Round]:
    """Rounds whose time it is not come after those whose time it is, so that everyone is asked in the end."""
    every = (only,) if only else ledger.facts.handbook.awarding.signup_rounds
    return sorted(every, key=lambda each: not ledger.is_open(each, opening.id))


def _counter_of(ledger: Ledger, rounds: Sequence[Round], officer_id: int, opening: OpeningFacts) -> str | None:
    of_his = next((each for each in rounds if ledger.is_for(each, officer_id, opening.id)), None)
    return of_his.counter if of_his else None


def _everyone(
    ledger: Ledger, judge: Taking, opening: OpeningFacts, officer_ids: Sequence[int], rounds: Sequence[Round]
) -> Iterator[Candidate]:
    left = [each for each in officer_ids if _verdict(ledger, judge, each, opening).is_eligible]
    for each_round in rounds:
        members = {each for each in left if ledger.is_for(each_round, each, opening.id)}
        for standing in RoundRun(ledger, each_round).in_order(opening.id, members):
            yield Candidate(standing.officer.id, "everyone", each_round.counter)
        left = [each for each in left if each not in members]
