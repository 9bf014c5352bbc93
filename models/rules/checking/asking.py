"""Ladders that nobody goes down, or that take longer than the notice leaves."""

from models.rules.checking.finding import Findings, Path, figure, warning
from models.rules.checking.moments import FAR, Moment, moments
from models.rules.clauses.ladder import Ladder
from models.rules.handbook import Handbook


def asking(handbook: Handbook) -> Findings:
    """What is found in the ladders of the notice bands."""
    for each in moments(handbook):
        ladder, path = each.band.ladder, ("notice", "bands", each.number, "ladder")
        if ladder is None:
            continue
        if each.band.method not in ("ladder", "phone_tree") and handbook.replacement.then != "band":
            yield warning(
                path,
                f"nobody is asked down this ladder: the band's method is {each.band.method}, and replacement.then is "
                f"{handbook.replacement.then}",
            )
        yield from _takes_too_long(ladder, each, path)
        yield from _never_fits(ladder, path)


def _never_fits(ladder: Ladder, path: Path) -> Findings:
    for place, each in enumerate(ladder.for_work):
        for other, before in enumerate(ladder.for_work[:place]):
            pairs = ((before.kinds, each.kinds), (before.pools, each.pools), (before.sites, each.sites))
            if all(not wide or (narrow and set(narrow) <= set(wide)) for wide, narrow in pairs):
                yield warning(
                    (*path, "for_work", place), f"never holds: for_work[{other}] comes before and fits all of it"
                )
                break


def _takes_too_long(ladder: Ladder, each: Moment, path: Path) -> Findings:
    first = ladder.steps[0].answer_minutes
    if each.known < FAR and first >= each.known * 60:
        yield warning(
            (*path, "steps"),
            f"the first officer has {first} minutes to answer, and such details are known {figure(each.known)} hours "
            "before their start at most: nobody else is asked in time",
        )
    if ladder.within_minutes is not None and ladder.within_minutes < first:
        yield warning(
            (*path, "within_minutes"),
            f"the call-out is over after {ladder.within_minutes} minutes, before the first officer's {first} are",
        )
