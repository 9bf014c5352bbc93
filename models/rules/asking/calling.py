"""When an officer's phone may ring, whether he is called again, and what all tries to reach him come to. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from models.rules.asking.telling import next_at
from models.rules.clauses.calls import Calls, Demand
from models.rules.clauses.outcomes import OutcomeName
from models.rules.time.timing import hours_before

CallChoice = Literal["all", "urgent", "none"]
"""Which calls an officer wants."""

#: After these he knows nothing yet, and may be called again.
NOT_TOLD = frozenset({"busy", "no_answer", "hung_up_before_input", "machine"})
#: After these there is nothing to wait for: he does not even see that somebody called.
NOTHING_TO_ANSWER = frozenset({"busy", "failed", "not_attempted"})

#: What all tries come to, by the one that came closest to him, closest first; then the handbook's word for it.
_CLOSEST: tuple[tuple[str, OutcomeName], ...] = (
    ("heard_and_hung_up", "heard_and_hung_up"),
    ("answered", "no_answer"),
    ("texted", "no_answer"),
    ("left_message", "left_message"),
    ("hung_up_before_input", "hung_up_before_input"),
    ("machine", "machine"),
    ("no_answer", "no_answer"),
    ("busy", "busy"),
    ("failed", "unreachable"),
    ("text_failed", "unreachable"),
)


def is_wanted(choice: CallChoice, clause: Calls, demand: Demand | None, *, is_urgent: bool) -> bool:
    """Whether an officer who chose so is called: about what the handbook demands always, else as he chose.

    Urgent is what may ring at any hour: a detail that starts soon, an emergency, a late check-in.
    """
    if choice == "all" or demand in clause.despite_choice:
        return True
    return choice == "urgent" and is_urgent


def ring_hours(clause: Calls, now: datetime, starts_at: datetime) -> tuple[int, int] | None:
    """The minutes of the local day between which his phone may ring for a detail that starts then; None: always."""
    if now >= hours_before(starts_at, clause.any_hour_within_hours):
        return None
    return _minute(clause.hours.begin), _minute(clause.hours.end)


def rings_at(hours: tuple[int, int] | None, at: datetime, zone: ZoneInfo) -> datetime:
    """The first moment from `at` on at which a phone may ring within these hours."""
    if hours is None or hours[0] <= _minute(at.astimezone(zone).time()) < hours[1]:
        return at
    return next_at(at, hours[0], zone)


def is_called_again(clause: Calls, outcomes: Sequence[str]) -> bool:
    """Whether another call is made after calls that ended so, the latest last."""
    return bool(outcomes) and outcomes[-1] in NOT_TOLD and len(outcomes) < clause.tries


def all_tries(outcomes: Collection[str], *, texted: bool, text_failed: bool) -> OutcomeName:
    """What texts and calls together come to when he gave no answer: `not_attempted` when nothing was tried.

    `texted`: a text about it reached him. That his line was busy afterwards takes nothing from that.
    """
    found = {*outcomes, *(["texted"] if texted else []), *(["text_failed"] if text_failed else [])}
    return next((name for tried, name in _CLOSEST if tried in found), "not_attempted")


def _minute(at: time) -> int:
    return 60 * at.hour + at.minute
