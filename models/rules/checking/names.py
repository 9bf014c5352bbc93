"""Names that a clause uses and the handbook does not have: of ranks, pools, rounds, other departments …"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from models.rules.checking.finding import Finding, Findings, Known, Path, error, warning
from models.rules.handbook import Handbook
from models.rules.sentences.explain import explained

#: Settings that hold names, by what they are names of.
_NAMES_OF = {
    "ranks": "ranks",
    "rank": "ranks",
    "vouch_ranks": "ranks",
    "pools": "pools",
    "counts_pools": "pools",
    "opt_in_pools": "pools",
    "job_classes": "job_classes",
    "rounds": "rounds",
    "round": "rounds",
    "bands": "bands",
    "units": "units",
    "ask": "departments",
    "lend_to": "departments",
}


def names(handbook: Handbook, known: Known | None) -> Findings:
    """Every name that is used and not known. Units and other departments only where they are known."""
    there_are: dict[str, Iterable[str]] = {
        "ranks": handbook.ranks,
        "pools": handbook.pool_names,
        "job_classes": handbook.job_classes,
        "rounds": [each.name for each in handbook.awarding.rounds],
        "bands": [each.name for each in handbook.notice.bands],
    }
    if known is not None:
        there_are["units"] = sorted(known.units)
        if known.departments is not None:
            there_are["departments"] = sorted(known.departments)
    for said in explained(handbook):
        kind = _NAMES_OF.get(str(said.path[-1]))
        if len(said.path) > 1 and kind in there_are:
            yield from _unknown(said.path, said.value, kind, list(there_are[kind]))


def _unknown(path: Path, value: Any, kind: str, there_are: list[str]) -> Iterator[Finding]:
    for place, name in _used(path, value):
        if name in there_are:
            continue
        near = get_close_matches(name, there_are, 1)
        hint = f": did you mean {near[0]}?" if near else f"; there are {', '.join(there_are) or 'none'}"
        of = f"no officer is in the unit {name!r}" if kind == "units" else f"{name!r} is not among {kind}"
        yield (warning if kind == "units" else error)(place, f"{of}{hint}")


def _used(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """Each name with its place; lists of clauses are no names."""
    if isinstance(value, str) and value:
        yield path, value
    elif isinstance(value, list):
        yield from (((*path, place), each) for place, each in enumerate(value) if isinstance(each, str))
