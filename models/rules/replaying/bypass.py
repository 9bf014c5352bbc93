"""Who was wrongly passed over: past awards made again from facts that were wrong on record and are put right. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from models.rules.awarding.award import award
from models.rules.awarding.outcomes import SignupVerdict
from models.rules.clauses.base import Clause, Name
from models.rules.clauses.statuses import OfficerStatus
from models.rules.facts import AwardFacts, CounterFacts, OfficerFacts, OpeningFacts, QualificationFacts
from models.rules.replaying.rehearsal import PastAward


class Correction(Clause):
    """What was wrong on record about an officer, as it should have been; what is not named was right."""

    badge: Name
    rank: Name | None = None
    seniority_on: date | None = None
    unit: Name | None = None
    status: OfficerStatus | None = None
    qualifications: tuple[Name, ...] | None = None
    was_off: bool = False
    minutes: dict[str, int] = Field(default_factory=dict)
    places: dict[str, int] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _corrects_something(self) -> Self:
        if self.model_fields_set == {"badge"}:
            raise ValueError("names nothing that was wrong")
        return self


@dataclass(frozen=True, slots=True)
class Bypassed:
    """
    An officer who should have had an opening, or should have been asked. `told` is what he was told then; `right` the
    verdict from the corrected facts; `instead` are those who had it and would not have. `record_id` is the award, or
    the listing where none was made.
    """

    kind: Literal["award", "call_out", "first_come"]
    record_id: int
    opening: OpeningFacts
    officer_id: int
    told: SignupVerdict | None
    right: SignupVerdict
    instead: tuple[int, ...]


def bypassed(past: Iterable[PastAward], corrections: Sequence[Correction]) -> Iterator[Bypassed]:
    """
    Who should have had what, award by award. Each is made again by itself, under its own handbook, so that an officer
    who was passed over for a whole month is found for each detail of it.
    """
    for each in past:
        yield from _of_award(each, corrections)


def corrected(facts: AwardFacts, corrections: Sequence[Correction]) -> AwardFacts:
    """The facts with these corrections; who is not among the facts' officers is left out."""
    by_badge = {each.badge: each for each in corrections}
    by_id = {each.id: by_badge[each.badge] for each in facts.officers if each.badge in by_badge}
    return replace(
        facts,
        officers=tuple(_officer(each, by_id[each.id]) if each.id in by_id else each for each in facts.officers),
        counters=tuple(
            _counter(each, by_id[each.officer_id]) if each.officer_id in by_id else each for each in facts.counters
        ),
        tours=tuple(each for each in facts.tours if not (each.officer_id in by_id and by_id[each.officer_id].was_off)),
    )


def _of_award(past: PastAward, corrections: Sequence[Correction]) -> Iterator[Bypassed]:
    result = award(corrected(past.facts, corrections))
    had = {(each.officer_id, each.opening_id) for each in past.result.awards}
    due = {(each.officer_id, each.opening_id) for each in result.awards}
    told = {(each.officer_id, each.opening_id): each for each in past.result.verdicts}
    right = {(each.officer_id, each.opening_id): each for each in result.verdicts}
    openings = {each.id: each for each in past.facts.openings}
    for key in sorted(due - had, key=lambda one: (openings[one[1]].starts_at, one[1], one[0])):
        instead = tuple(sorted(who for who, opening in had - due if opening == key[1]))
        yield Bypassed("award", past.id, openings[key[1]], key[0], told.get(key), right[key], instead)


def _officer(found: OfficerFacts, right: Correction) -> OfficerFacts:
    named = right.model_fields_set
    values: dict[str, Any] = {
        name: getattr(right, name) for name in ("rank", "seniority_on", "unit", "status") if name in named
    }
    if "status" in named:
        values["statuses"] = ()
    if right.qualifications is not None:
        values["qualifications"] = tuple(QualificationFacts(name) for name in right.qualifications)
    return replace(found, **values)


def _counter(found: CounterFacts, right: Correction) -> CounterFacts:
    return replace(
        found, minutes=right.minutes.get(found.pool, found.minutes), place=right.places.get(found.pool, found.place)
    )
