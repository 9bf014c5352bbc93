"""Ladders of penalties that fall, steps and rows that are never reached."""

from models.rules.checking.finding import Findings, figure, note, warning
from models.rules.clauses.drops import Drops
from models.rules.handbook import Handbook

_DAYS = {"late_drop": "late_drop_bar_days", "no_show": "no_show_bar_days"}


def penalties(handbook: Handbook) -> Findings:
    """What is found in the zones of a drop, in the ladders of penalties, and in those that nobody wrote down."""
    yield from _unsaid(handbook.drops)
    yield from _ladders(handbook.drops)
    yield from _zones(handbook)


def _ladders(clause: Drops) -> Findings:
    for place, ladder in enumerate(clause.ladders):
        path = ("drops", "ladders", place)
        for number, (one, next_one) in enumerate(zip(ladder.steps, ladder.steps[1:], strict=False), start=1):
            if next_one < one:
                yield warning(
                    (*path, "steps", number), f"falls from {one} days to {next_one}: the second time costs less"
                )
        if "months" in ladder.model_fields_set and ladder.counted != "months":
            yield note((*path, "months"), f"has no meaning where acts are counted {ladder.counted}".replace("_", " "))
        days = _DAYS.get(ladder.on)
        if days and days in clause.model_fields_set:
            yield warning(("drops", days), f"never applies: ladders[{place}] is for every {ladder.on}")


def _unsaid(clause: Drops) -> Findings:
    """Penalties hold by default: a policy that has none must say so, or officers are barred by no rule of theirs."""
    laddered = {ladder.on for ladder in clause.ladders}
    unsaid = [days for act, days in _DAYS.items() if days not in clause.model_fields_set and act not in laddered]
    held = [f"{days}: {getattr(clause, days)}" for days in unsaid if getattr(clause, days)]
    if held:
        yield note(("drops",), f"holds though nobody said so: {' and '.join(held)}; write 0 where the policy has none")


def _zones(handbook: Handbook) -> Findings:
    seen = dict[str, int]()
    for place, row in enumerate(handbook.drops.zones):
        for number, band in enumerate(row.bands):
            path = ("drops", "zones", place, "bands", number)
            if band in seen:
                yield warning(path, f"never holds: zones[{seen[band]}] comes before it for {band!r}")
            seen.setdefault(band, place)
    for each in handbook.notice.bands:
        free, locked = handbook.drops.hours_of(each.name)
        if each.name in seen and free == locked > 0:
            yield warning(
                ("drops", "zones", seen[each.name]),
                f"there is no time in which a drop needs a replacement: free until {figure(free)} hours before the "
                "start, and locked from there",
            )
