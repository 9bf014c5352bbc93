"""Notice bands whose details are closed before anybody hears of them, and rounds that no band uses."""

from models.rules.checking.finding import Findings, figure, note, warning
from models.rules.checking.moments import FAR, moments
from models.rules.handbook import Handbook


def notice(handbook: Handbook) -> Findings:
    """What is found in the notice bands."""
    yield from _closed_too_soon(handbook)
    yield from _last_by_weekday(handbook)
    yield from _rounds(handbook)


def _closed_too_soon(handbook: Handbook) -> Findings:
    for each in moments(handbook):
        if not each.is_fixed:
            continue
        path = ("notice", "bands", each.number)
        closes = each.band.closes_hours_before
        closes = handbook.signup.closes_hours_before if closes is None else closes
        if closes >= each.known:
            yield warning(
                path,
                f"nobody can sign up in {each.band.name!r}: sign-up closes {figure(closes)} hours before the start, "
                f"and its details are known {figure(each.known)} hours before it at most (closes_hours_before)",
            )
        elif each.number == len(handbook.notice.bands) - 1 and closes and each.known == FAR:
            yield note(
                path,
                f"a detail that becomes known less than {figure(closes)} hours before its start is closed before "
                "anybody can sign up: a band for short notice would take it",
            )


def _last_by_weekday(handbook: Handbook) -> Findings:
    last = len(handbook.notice.bands) - 1
    if handbook.notice.bands[last].closes_on is not None:
        yield warning(
            ("notice", "bands", last, "closes_on"),
            "a detail that becomes known after this moment is closed before anybody can sign up: put a band for what "
            "comes later behind it",
        )


def _rounds(handbook: Handbook) -> Findings:
    if all(band.rounds for band in handbook.notice.bands):
        used = {name for band in handbook.notice.bands for name in band.rounds}
        for place, each in enumerate(handbook.awarding.rounds):
            if each.name not in used:
                yield warning(("awarding", "rounds", place), f"round {each.name!r} is used by no notice band")
