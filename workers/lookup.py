"""Asking the carrier what became of something that nobody here saw end: a text, a call, a recording of a call.

One mechanism for all: whoever dies after he has asked the carrier leaves a row on its way. Once its lease is over it is
looked up on the carrier's own list, where what no other row of ours has is taken for it; and what went out and never
reported its end is asked after by its sid.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.delivery.client import Carrier, CarrierDown
from models.session import Actor, Work
from workers import counts
from workers.tools import Tools, tools

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lookup:
    """How one kind is looked up: on the carrier's list by what it was, and by its sid. `name` is for the counts."""

    name: str
    actor: Actor
    stuck: Callable[[Work, int], list[sa.Row[Any]]]
    find: Callable[[Carrier, sa.Row[Any]], list[str]]
    sids_known: Callable[[Work, int, list[str]], set[str]]
    found: Callable[[Work, int, int, str], bool]
    not_found: Callable[[Work, int, sa.Row[Any]], bool]
    unended: Callable[[Work, int], list[sa.Row[Any]]]
    ask: Callable[[Tools, int, sa.Row[Any]], bool]


def settle_kind(kit: Tools, department_id: int, lookup: Lookup) -> int:
    """Look up all of the kind that is on its way beyond its lease; returns how many were settled.

    A silent carrier settles nothing.
    """
    with kit.database.begin([department_id]) as work:
        stuck = lookup.stuck(work, department_id)
    settled = 0
    for row in stuck:
        try:
            sids = lookup.find(kit.carrier, row)
        except CarrierDown as error:
            tell_down(department_id, error)
            break
        settled += adopt(kit, department_id, lookup, row, sids)
    return settled


def adopt(
    kit: Tools, department_id: int, lookup: Lookup, row: sa.Row[Any], sids: list[str], *, is_last: bool = True
) -> bool:
    """Take the first of the carrier's `sids` that is no other row's for this one's; whether that settled it.

    In one transaction with the check which are others': two texts may read alike. Not found it may still come, until
    `is_last`: then it never was.
    """
    with kit.database.begin([department_id], lookup.actor) as work:
        known = lookup.sids_known(work, department_id, sids)
        unknown = [sid for sid in sids if sid not in known]
        if unknown:
            counts.reconciled.labels(f"{lookup.name}_found").inc()
            return lookup.found(work, department_id, row.id, unknown[0])
        if not is_last:
            return False
        counts.reconciled.labels(f"{lookup.name}_not_found").inc()
        return lookup.not_found(work, department_id, row)


def ask_everywhere(lookups: Sequence[Lookup]) -> int:
    """Ask the carrier, for all departments, after what never reported its end; returns of how many there was news."""
    kit, news = tools(), 0
    for department_id in kit.database.departments():
        try:
            news += sum(_ask_kind(kit, department_id, lookup) for lookup in lookups)
        except CarrierDown as error:
            tell_down(department_id, error)
            break
    return news


def tell_down(department_id: int, error: CarrierDown) -> None:
    """One line in the log; what was to be asked is asked in the next round."""
    log.warning("carrier does not answer", extra={"department": department_id, "why": str(error)})


def _ask_kind(kit: Tools, department_id: int, lookup: Lookup) -> int:
    with kit.database.begin([department_id]) as work:
        unended = lookup.unended(work, department_id)
    news = sum(lookup.ask(kit, department_id, row) for row in unended)
    counts.reconciled.labels(f"{lookup.name}_asked_after").inc(news)
    return news
