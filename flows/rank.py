"""RANK: my place and what is counted for me, when that begins anew, the hours left under each limit, my rest."""

from typing import Any

from flows.caller import Caller
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.telling.rank import PoolPlace, Rank, rank_of
from models.awarding.telling.standing import places_now
from models.rules.limits.allowance import Allowance

MOST_POOLS = 3
MOST_LIMITS = 5
MOST_SIGNUPS = 3


@verb("told", "guest")
def look_up_rank(caller: Caller, memory: Memory) -> Outcome:
    """A line for each thing there is to tell; a guest has no place among the department's officers."""
    if caller.officer.is_guest:
        return Outcome("guest", {"department": caller.department.name})
    rank = rank_of(caller.work, caller.department, caller.edition(), caller.officer)
    lines = [_pool(rank, pool) for pool in rank.pools[:MOST_POOLS]]
    if "seniority" in rank.orders:
        lines.append({"prompt": "rank.seniority", "seniority_place": rank.seniority_place, "officers": rank.officers})
    lines += [
        {"prompt": "rank.off_list", "pool": off.pool, "passed": off.passed, "ends_at": off.ends_at}
        for off in rank.off[:MOST_POOLS]
    ]
    lines += [_allowance(one) for one in rank.allowances[:MOST_LIMITS]]
    if len(rank.allowances) > MOST_LIMITS:
        lines.append({"prompt": "rank.more", "more": len(rank.allowances) - MOST_LIMITS})
    bars = [{"prompt": f"verdicts.barred_{one.kind}", "ends_at": one.ends_at} for one in rank.bars]
    if rank.owed_until is not None:
        bars.append({"prompt": "rank.owed_detail", "owed_until": rank.owed_until})
    return Outcome("told", {"lines": [*bars, *_signups(caller), *lines, _rest(rank)]})


def _rest(rank: Rank) -> dict[str, Any]:
    """What keeps him longest: a tour that must come first and is not known, then rest."""
    if rank.not_back_since is not None:
        return {"prompt": "rank.not_back", "ended_at": rank.not_back_since}
    if rank.rest_ends_at is not None:
        return {"prompt": "rank.rest", "rest_ends_at": rank.rest_ends_at}
    return {"prompt": "rank.rested"}


def _signups(caller: Caller) -> list[dict[str, Any]]:
    """Where he stands with each sign-up that waits for its award, by the order of that award."""
    waiting = [one.opening for one in caller.holdings() if one.kind == "signup" and one.opening.award_at is not None]
    told = places_now(caller.work, caller.department, caller.edition(), caller.officer, waiting[:MOST_SIGNUPS])
    return [
        {
            "prompt": "rank.signup",
            "code": one.code,
            "starts_at": one.starts_at,
            "line_place": found.place,
            "candidates": found.candidates,
            "is_alone": found.candidates == 1,
        }
        for one in waiting
        if (found := told.get(one.id)) is not None
    ]


_PERIODS = {
    "day": "rank.day",
    "week": "rank.week",
    "28_days": "rank.weeks_4",
    "month": "rank.month",
    "rolling": "rank.rolling",
    "days": "rank.period",
    "consecutive": "rank.on_end",
    "days_in_a_row": "rank.in_a_row",
    "shifts_in_a_row": "rank.in_a_row",
}


def _allowance(one: Allowance) -> dict[str, Any]:
    """What is left: hours, details, days or shifts, under the words for its period."""
    return {
        "prompt": f"rank.left_{one.unit}",
        "period": [{"prompt": _PERIODS[one.period], "window_minutes": one.window_minutes}],
        "left": one.left,
        "most": one.most,
    }


def _pool(rank: Rank, pool: PoolPlace) -> dict[str, Any]:
    return {
        "prompt": "rank.pool",
        "pool": pool.pool,
        "counted_minutes": pool.counted_minutes,
        "officers": rank.officers,
        "hours_place": pool.hours_place if "fewest_hours" in rank.orders else 0,
        "rotation_place": (pool.rotation_place or 0) if "rotation" in rank.orders else 0,
        "owed": pool.owed if "rotation" in rank.orders else 0,
        "by_turns": "fewest_turns" in rank.orders,
        "turns": pool.turns,
        "by_points": "points" in rank.orders,
        "points": pool.points,
        "refused_minutes": pool.refused_minutes or 0,
        "resets_on": pool.resets_on,
    }


FLOW = Flow(
    name="rank",
    start="look_up",
    manner="aside",
    commands=(
        Command(
            "rank",
            {
                "en": ("RANK", "MY RANK", "HOURS", "MY HOURS", "MY PLACE"),
                "es": ("LUGAR", "MI LUGAR", "HORAS", "MIS HORAS"),
            },
        ),
    ),
    steps={
        "look_up": Do(look_up_rank, {"told": "told", "guest": "guest"}),
        "told": Say("rank.all"),
        "guest": Say("rank.guest"),
    },
)
