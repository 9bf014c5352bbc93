"""Details as they come in: headcounts as openings, and raised or refused where the handbook asks for more officers."""

from dataclasses import dataclass, replace

from models.bundle.rank_mix import headcount_needed, occasion_of, with_openings
from models.bundle.schema import Bundle, DetailRecord, OpeningRecord
from models.bundle.times import to_utc
from models.rules.awarding.minimums import Short, SlotsAt, most_at_once, officers_needed, short_of
from models.rules.time.timing import hours_before


@dataclass(frozen=True, slots=True)
class Raised:
    """A detail that was ordered with fewer officers than there must be, and by which rules it comes with more."""

    detail: str
    before: int
    after: int
    rules: tuple[str, ...]

    def __str__(self) -> str:
        many = f"{self.after} officers instead of {self.before}" if self.after != self.before else "with supervisors"
        return f"{self.detail}: {many} ({'; '.join(self.rules)})"


def as_ordered(bundle: Bundle) -> Bundle:
    """The bundle with every headcount as openings; its handbook must be the one that holds."""
    return bundle.model_copy(update={"details": tuple(_as_ordered(bundle, each) for each in bundle.details)})


def as_they_come(bundle: Bundle) -> Bundle:
    """The bundle with every headcount as openings, and with as many officers as the handbook raises orders to."""
    return bundle.model_copy(update={"details": tuple(_as_it_comes(bundle, each) for each in bundle.details)})


def raised_in(bundle: Bundle) -> tuple[Raised, ...]:
    """What the handbook raises of the bundle's orders."""
    found = (raised_of(bundle, _as_ordered(bundle, each), _as_it_comes(bundle, each)) for each in bundle.details)
    return tuple(each for each in found if each is not None)


def raised_of(bundle: Bundle, before: DetailRecord, after: DetailRecord) -> Raised | None:
    """What became of an order that came in differently; None where it came in as ordered. Both are openings."""
    if before == after:
        return None
    rules = (f"{each.rule}, {each.minimum.name}" for each in _short(bundle, before) if each.minimum.below == "raise")
    first, last = (most_at_once(_slots(bundle, each)) for each in (before, after))
    return Raised(before.ref, first, last, tuple(dict.fromkeys(rules)))


def too_few(bundle: Bundle, detail: DetailRecord) -> str | None:
    """Why the handbook refuses so few officers; None when it does not."""
    short = next(
        (each for each in _short(bundle, _as_it_comes(bundle, detail)) if each.minimum.below == "refuse"), None
    )
    if short is None or short.rank is not None:
        return None if short is None else str(short)
    return str(replace(short, there=most_at_once(_slots(bundle, _as_ordered(bundle, detail)))))


def _as_ordered(bundle: Bundle, detail: DetailRecord) -> DetailRecord:
    return detail if detail.headcount is None else with_openings(bundle, detail, detail.headcount)


def _as_it_comes(bundle: Bundle, detail: DetailRecord) -> DetailRecord:
    if not bundle.handbook.headcount.minimums:
        return _as_ordered(bundle, detail)
    if detail.headcount is not None:
        return _with_supervisors(bundle, with_openings(bundle, detail, headcount_needed(bundle, detail)))
    return _with_supervisors(bundle, _with_officers(bundle, detail))


def _with_officers(bundle: Bundle, detail: DetailRecord) -> DetailRecord:
    """More slots in the opening for the lowest rank."""
    ordered = most_at_once(_slots(bundle, detail))
    more = officers_needed(bundle.handbook, occasion_of(detail), ordered) - ordered
    place = _lowest(bundle, detail)
    opening = detail.openings[place]
    return _replacing(detail, place, opening.model_copy(update={"count": opening.count + more})) if more > 0 else detail


def _with_supervisors(bundle: Bundle, detail: DetailRecord) -> DetailRecord:
    for short in _short(bundle, detail):
        if short.rank is not None and short.minimum.below == "raise":
            detail = _led_by(bundle, detail, short.rank, short.wanted - short.there)
    return detail


def _led_by(bundle: Bundle, detail: DetailRecord, rank: str, missing: int) -> DetailRecord:
    """Slots for the lowest rank become supervisors'; where those are too few, all of them and more."""
    place = _lowest(bundle, detail)
    plain = detail.openings[place]
    turns = _turns_at(bundle, detail, plain)
    said = {"count": missing, "ranks": (rank,), "turns_ordinary_at": turns, "code": plain.code}
    if plain.count <= missing:
        return _replacing(detail, place, plain.model_copy(update=said))
    fewer = _replacing(detail, place, plain.model_copy(update={"count": plain.count - missing}))
    led = plain.model_copy(update=said | {"code": None})
    return fewer.model_copy(update={"openings": (*fewer.openings, led)})


def _turns_at(bundle: Bundle, detail: DetailRecord, opening: OpeningRecord) -> object:
    mix = bundle.handbook.rank_mix
    if mix.if_none != "runs_without":
        return None
    return hours_before(to_utc(opening.starts_at or detail.starts_at, bundle.zone), mix.runs_without_hours_before)


def _lowest(bundle: Bundle, detail: DetailRecord) -> int:
    """The first of the openings whose slots accept the lowest rank."""
    places = [bundle.handbook.rank_place(bundle.handbook.slot_rank(each.ranks)) for each in detail.openings]
    return places.index(max(places))


def _replacing(detail: DetailRecord, place: int, opening: OpeningRecord) -> DetailRecord:
    openings = (*detail.openings[:place], opening, *detail.openings[place + 1 :])
    return detail.model_copy(update={"openings": openings})


def _short(bundle: Bundle, detail: DetailRecord) -> tuple[Short, ...]:
    return short_of(bundle.handbook, occasion_of(detail), _slots(bundle, detail))


def _slots(bundle: Bundle, detail: DetailRecord) -> list[SlotsAt]:
    return [
        SlotsAt(
            each.ranks,
            each.count,
            to_utc(each.starts_at or detail.starts_at, bundle.zone),
            to_utc(each.ends_at or detail.ends_at, bundle.zone),
        )
        for each in detail.openings
    ]
