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
