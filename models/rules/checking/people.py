"""Rounds and clauses that name people whom the department does not have."""

from collections.abc import Iterable, Iterator

from models.rules.checking.finding import Finding, Findings, Known, Path, error, warning
from models.rules.handbook import Handbook

_NEVER_WORK = ("separated", "suspended", "guest")


def people(handbook: Handbook, known: Known | None) -> Findings:
    """What is found in the names of units, ranks, statuses and qualifications."""
    yield from _statuses(handbook)
    yield from _barred(handbook)
    if known is None:
        return
    yield from _nobody_has(handbook, known)
    yield from _ranks(handbook, known)


def _statuses(handbook: Handbook) -> Findings:
    for place, status in enumerate(handbook.eligibility.statuses):
        if status in _NEVER_WORK:
            yield warning(
                ("eligibility", "statuses", place), f"officers who are {status} may work details: is that meant?"
            )


def _barred(handbook: Handbook) -> Findings:
    barred = set(handbook.eligibility.barred_units)
    for place, each in enumerate(handbook.awarding.rounds):
        if each.who.units and set(each.who.units) <= barred:
            yield error(
                ("awarding", "rounds", place, "who", "units"),
                f"round {each.name!r} is for nobody: {', '.join(each.who.units)} work no details "
                "(eligibility.barred_units)",
            )


def _nobody_has(handbook: Handbook, known: Known) -> Findings:
    for path, name in _names(("eligibility", "qualifications"), handbook.eligibility.qualifications):
        if name not in known.qualifications:
            yield error(path, f"nobody may work: no officer holds {name!r}{_there_are(known.qualifications)}")
    for path, name in _names(("eligibility", "barred_units"), handbook.eligibility.barred_units):
        if name not in known.units:
            yield warning(path, f"there is no officer in a unit {name!r}{_there_are(known.units)}")
    for place, each in enumerate(handbook.awarding.rounds):
        who: Path = ("awarding", "rounds", place, "who")
        yield from _missing((*who, "ranks"), each.who.ranks, known.ranks, "has the rank", each.name)
        for path, name in _names((*who, "qualifications"), each.who.qualifications):
            if name not in known.qualifications:
                yield error(
                    path,
                    f"round {each.name!r} is for nobody: no officer holds {name!r}{_there_are(known.qualifications)}",
                )


def _missing(path: Path, names: tuple[str, ...], held: frozenset[str], has: str, round_name: str) -> Iterator[Finding]:
    for place, name in _names(path, names):
        if name not in held:
            yield warning(place, f"round {round_name!r}: no officer {has} {name!r}{_there_are(held)}")


def _ranks(handbook: Handbook, known: Known) -> Findings:
    for rank in sorted(known.ranks - set(handbook.ranks)):
        yield error(("ranks",), f"officers have the rank {rank!r}, which is not among ranks")


def _names(path: Path, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    return (((*path, place), name) for place, name in enumerate(names))


def _there_are(names: frozenset[str]) -> str:
    return f"; there are {', '.join(sorted(names))}" if names else "; there are none"
