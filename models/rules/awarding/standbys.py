"""Who is next for each opening, once the awards are made."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.awarding.caps import CAP_REASONS
from models.rules.awarding.rounds import RoundRun


@dataclass(frozen=True, slots=True)
class StandbyList:
    """Officers who signed up for an opening, went without and could take it still; the first is next."""

    opening_id: int
    officer_ids: tuple[int, ...]


def standby_lists(runs: Sequence[RoundRun], at_most: int | None) -> tuple[StandbyList, ...]:
    """A list for every opening that has standbys. Rounds keep their sequence: who is of an earlier one goes first."""
    openings = runs[0].ledger.openings if runs else ()
    lists = (StandbyList(opening_id, tuple(_next(runs, opening_id)[:at_most])) for opening_id in openings)
    return tuple(each for each in lists if each.officer_ids)


def _next(runs: Sequence[RoundRun], opening_id: int) -> list[int]:
    waiting: dict[int, None] = {}
    for run in runs:
        for standing in run.standings(opening_id):
            if standing.officer.id not in waiting and _could_take(run, standing.officer.id, opening_id):
                waiting[standing.officer.id] = None
    return list(waiting)


def _could_take(run: RoundRun, officer_id: int, opening_id: int) -> bool:
    note = run.ledger.notes.get((officer_id, opening_id))
    return not (note and note.reason in CAP_REASONS) and run.time_verdict(officer_id, opening_id, ()).is_eligible
