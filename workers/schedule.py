"""The one list of what runs when: which handler does which duty, on which queue, and what the clock rings."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

import sqlalchemy as sa

from models.line.duty import QUEUE_OF, QUEUES
from models.session import Work

Handler: TypeAlias = Callable[[Work, int, "sa.Row[Any]"], None]
Job: TypeAlias = Callable[[], None]

# Each duty has a file of its own name; handlers say `handle(work, department_id, duty)`.
HANDLER_OF = {
    "open_posting": "workers.open_posting:handle",
    "close_posting": "workers.close_posting:handle",
    "run_award": "workers.run_award:handle",
    "fill_slot": "workers.fill_slot:handle",
    "turn_counters": "workers.turn_counters:handle",
    "turn_ordinary": "workers.turn_ordinary:handle",
    "order_in": "workers.order_in:handle",
    "run_emergency": "workers.run_emergency:handle",
    "end_emergency": "workers.end_emergency:handle",
    "stop_emergency": "workers.stop_emergency:handle",
    "officer_leaves": "workers.officer_leaves:handle",
    "announce_posting": "workers.announce_posting:handle",
    "carry_out_order": "workers.carry_out_order:handle",
    "tell_digest": "workers.tell_digest:handle",
    "tell_award": "workers.tell_award:handle",
    "tell_ordered_in": "workers.tell_ordered_in:handle",
    "tell_contractor": "workers.tell_contractor:handle",
    "tell_cancelled": "workers.tell_cancelled:handle",
    "tell_verdict": "workers.tell_verdict:handle",
    "tell_invitation": "workers.tell_invitation:handle",
    "tell_enrolment": "workers.tell_enrolment:handle",
    "tell_number": "workers.tell_number:handle",
    "tell_code": "workers.tell_code:handle",
    "end_temporary": "workers.end_temporary:handle",
    "tell_pin": "workers.tell_pin:handle",
    "remind_answer": "workers.remind_answer:handle",
    "lapse_award": "workers.lapse_award:handle",
    "award_unreachable": "workers.award_unreachable:handle",
    "call_award": "workers.call_award:handle",
    "call_ended": "workers.call_ended:handle",
    "tell_offer": "workers.tell_offer:handle",
    "expire_offer": "workers.expire_offer:handle",
    "offer_unreachable": "workers.offer_unreachable:handle",
    "tell_offer_gone": "workers.tell_offer_gone:handle",
    "tell_swap_kept": "workers.tell_swap_kept:handle",
    "tell_swap_decided": "workers.tell_swap_decided:handle",
    "tell_drop_outcome": "workers.tell_drop_outcome:handle",
    "offer_owed": "workers.offer_owed:handle",
    "settle_owed": "workers.settle_owed:handle",
    "end_owed": "workers.end_owed:handle",
    "tell_owed": "workers.tell_owed:handle",
    "tell_penalty": "workers.tell_penalty:handle",
    "settle_drop": "workers.settle_drop:handle",
    "tell_moved_end": "workers.tell_moved_end:handle",
    "judge_hours": "workers.judge_hours:handle",
    "remind_night_before": "workers.remind_night_before:handle",
    "remind_hour_before": "workers.remind_hour_before:handle",
    "alarm_late": "workers.alarm_late:handle",
    "call_no_show": "workers.call_no_show:handle",
    "nudge_check_out": "workers.nudge_check_out:handle",
    "reminder_unreachable": "workers.reminder_unreachable:handle",
    "finish_detail": "workers.finish_detail:handle",
    "conversation_time_out": "workers.conversation_time_out:handle",
    "expire_call": "workers.expire_call:handle",
    "tell_desk": "workers.tell_desk:handle",
}


@dataclass(frozen=True, slots=True)
class Round:
    """A job that the clock rings every so many seconds of real time; twice does no harm."""

    job: str
    every_seconds: int
    queue: str = "sweep"


ROUNDS = (
    Round("workers.sweep:sweep", 10),
    Round("workers.seal:seal", 60),
    Round("workers.reconcile:hear_again", 120),
    Round("workers.reconcile:ask_after", 120),
    Round("workers.calling:ask_after", 60),
    Round("workers.fetch_tours:fetch", 60),
    Round("workers.sweep:retire_codes", 3600),
    Round("workers.turn_counters:plan_ahead", 3600),
    Round("workers.retention:let_go", 3600),
)


def handler_of(kind: str) -> Handler:
    """The function that does duties of `kind`; KeyError when nobody does."""
    handler: Handler = resolve(HANDLER_OF[kind])
    return handler


@cache
def resolve(name: str) -> Any:
    """What `module:name` stands for."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)


def problems(procfile_queues: set[str]) -> list[str]:
    """What does not fit together, a sentence each: kinds without handler, names that resolve to nothing, queues that
    no process of the Procfile works on."""
    return [*_unhandled(), *_unresolved(), *_unworked(procfile_queues)]


def _unhandled() -> list[str]:
    kinds = QUEUE_OF.keys() ^ HANDLER_OF.keys()
    return [f"{kind} is a duty without handler, or a handler without duty" for kind in sorted(kinds)]


def _unresolved() -> list[str]:
    found = []
    for name in (*HANDLER_OF.values(), *(each.job for each in ROUNDS)):
        try:
            resolve(name)
        except (ImportError, AttributeError) as error:
            found.append(f"{name} does not resolve: {error}")
    return found


def _unworked(procfile_queues: set[str]) -> list[str]:
    needed = {*QUEUES, *QUEUE_OF.values(), *(each.queue for each in ROUNDS)}
    return [f"queue {name} is in the schedule or in the Procfile only" for name in sorted(needed ^ procfile_queues)]
