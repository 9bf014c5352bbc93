"""A handbook while an emergency holds: the same, without the limits and rests that its clause lifts by name."""

from models.rules.handbook import Handbook


def under_emergency(handbook: Handbook) -> Handbook:
    """The rules that hold meanwhile; the same where the handbook has no such clause, or it lifts nothing."""
    clause = handbook.emergency
    if clause is None or not clause.lifts:
        return handbook
    lifted = set(clause.lifts)
    return handbook.model_copy(
        update={
            # It is stored with what was awarded by it, and must be a handbook by itself.
            "emergency": clause.model_copy(update={"lifts": ()}),
            "limits": tuple(each for each in handbook.limits if each.name not in lifted),
            "rest": tuple(each for each in handbook.rest if each.name not in lifted),
        }
    )
