"""POOL ON CONSTRUCTION: pools for those only who joined them; the officer joins and leaves by himself."""

import re
from collections.abc import Sequence

from flows.caller import Caller
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.people.standing import join_pool, leave_pool, pools_of

_ON, _OFF = ("ON", "IN", "JOIN", "SI", "ENTRAR"), ("OFF", "OUT", "LEAVE", "NO", "SALIR")
_WORDS = "|".join((*_ON, *_OFF))


@verb("none", "listed", "joined", "already_in", "left", "not_in", "which", acts=True)
def choose_pools(caller: Caller, memory: Memory) -> Outcome:
    """Joins or leaves the pool that is named; of a single one the name need not be said."""
    open_to_all = caller.edition().rules.eligibility.opt_in_pools
    if not open_to_all or caller.officer.is_guest:
        return Outcome("none")
    joined = pools_of(caller.work, caller.officer)
    word, _, name = str(memory.get("rest", "")).partition(" ")
    pool = _named(name, open_to_all)
    if not word:
        return Outcome("listed", {"lines": _told(open_to_all, joined)})
    if pool is None:
        return Outcome("which", {"lines": _told(open_to_all, joined)})
    if word in _ON:
        return Outcome("joined" if join_pool(caller.work, caller.officer, pool) else "already_in", {"pool": pool})
    return Outcome("left" if leave_pool(caller.work, caller.officer, pool) else "not_in", {"pool": pool})


def _named(said: str, pools: Sequence[str]) -> str | None:
    """The one pool that is meant: its name, or how it begins."""
    plain = _plain(said)
    whole = [pool for pool in pools if _plain(pool) == plain]
    found = whole or [pool for pool in pools if _plain(pool).startswith(plain)]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.upper()))


def _told(pools: Sequence[str], joined: frozenset[str]) -> list[dict[str, str]]:
    return [{"prompt": "pools.in" if pool in joined else "pools.out", "pool": pool} for pool in pools]


FLOW = Flow(
    name="pools",
    start="choose",
    commands=(
        Command("pools", {"en": ("POOL", "POOLS"), "es": ("GRUPO", "GRUPOS")}, rest=rf"(?:{_WORDS})(?: .{{1,60}})?"),
    ),
    steps={
        "choose": Do(
            choose_pools,
            {name: name for name in ("none", "listed", "joined", "already_in", "left", "not_in", "which")},
        ),
        "none": Say("pools.none"),
        "listed": Say("pools.listed"),
        "joined": Say("pools.joined"),
        "already_in": Say("pools.already_in"),
        "left": Say("pools.left"),
        "not_in": Say("pools.not_in"),
        "which": Say("pools.which"),
    },
)
