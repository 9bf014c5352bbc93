"""What the rules answer when asked whether an officer may take a detail."""

from dataclasses import dataclass, field

from models.rules.reasons import Figures, Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """Eligible if there is no reason against it; otherwise the first rule that stopped it, with its figures."""

    reason: Reason | None = None
    figures: Figures = field(default_factory=dict)

    @property
    def is_eligible(self) -> bool:
        """Whether nothing stands against it."""
        return self.reason is None


ELIGIBLE = Verdict()
