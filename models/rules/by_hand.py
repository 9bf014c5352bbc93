"""Whether somebody may decide something by hand. Pure."""

from dataclasses import dataclass

from models.rules.clauses.by_hand import ByHand


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides: his rank where he named himself by badge, and whether he would gain by it."""

    rank: str | None = None
    gains: bool = False


def stopped_by(clause: ByHand, who: Decider) -> str | None:
    """The setting that is against it; None when nothing is."""
    if not clause.allowed:
        return "allowed"
    if clause.ranks and who.rank not in clause.ranks:
        return "ranks"
    return "own_benefit" if who.gains and clause.own_benefit == "refused" else None
