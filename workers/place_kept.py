"""What being unreachable leaves an officer: his place, said so; or what the handbook takes all the same."""

from typing import Any

from models.awarding.counting.turn_taking import place_in_rotation
from models.session import Work


def place_kept(work: Work, department_id: int, officer_id: int, pool: str, is_kept: bool) -> dict[str, Any]:
    """Values of the prompts that tell somebody that we did not reach him."""
    place = place_in_rotation(work, department_id, officer_id, pool)
    return {
        "pool": pool,
        "kept_place": (place or 0) if is_kept else 0,
        "turn_spent": place is not None and not is_kept,
    }
