"""Only what both handbooks agreed to steps into another department."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
MAY_VISIT = {"models/awarding/asking/invitation.py", "models/awarding/asking/lending.py"}


def test_only_invitations_step_into_another_department() -> None:
    rooms = ("models", "flows", "bot", "workers")
    found = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if ".visiting(" in path.read_text(encoding="utf-8")
    }
    assert found == MAY_VISIT
