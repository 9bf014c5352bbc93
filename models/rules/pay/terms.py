"""The terms on which work of one kind is paid: those of the clause, or those it has for that kind."""

from dataclasses import dataclass, field

from models.rules.clauses.pay import Pay
from models.rules.clauses.pay_charges import CancelBand
from models.rules.clauses.pay_hours import EndedEarly, Raise

_BY_KIND = ("minimum_hours", "blocks", "step_minutes", "raised", "ended_early")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is guaranteed for a kind of work; `of_kind` names what the handbook says for it alone, and where."""

    minimum_hours: float
    blocks: tuple[float, ...]
    step_minutes: int
    step_from_minutes: int
    raised: tuple[Raise, ...]
    ended_early: EndedEarly
    cancellation: tuple[CancelBand, ...]
    of_kind: dict[str, str] = field(default_factory=dict)

    def rule(self, name: str) -> str:
        """Where in the handbook one of these terms stands."""
        plain = "pay.cancellation.bands" if name == "cancellation" else f"pay.{name}"
        return self.of_kind.get(name, plain)


def terms_for(pay: Pay, kind: str | None) -> Terms:
    """The terms of a kind of work; those of all work where the first that fits says nothing."""
    place, own = next(((at, each) for at, each in enumerate(pay.for_work) if kind in each.kinds), (0, None))
    names = (*_BY_KIND, "cancellation")
    said = {name: getattr(own, name) for name in names if getattr(own, name, None) is not None}
    general = {name: getattr(pay, name) for name in (*_BY_KIND, "step_from_minutes")}
    general["cancellation"] = pay.cancellation.bands
    return Terms(**(general | said), of_kind={name: f"pay.for_work[{place}].{name}" for name in said})
