"""A coordinator asks what a detail would pay under the rules that hold in his department."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from click.testing import Result

Dutyline = Callable[..., Result]


def test_a_detail_is_quoted_by_the_version_that_holds_when_it_starts(
    dutyline: Dutyline, millbrook: str, tmp_path: Path
) -> None:
    today = datetime.now(UTC).date()
    later = today + timedelta(days=30)
    file = tmp_path / "rules.yaml"
    file.write_text("pay: {minimum_hours: 6, rates: [{cents_per_hour: 7000}]}\n")
    assert dutyline("handbook", "publish", millbrook, file, "--from", str(later)).exit_code == 0

    def quoted(day: object, *more: str) -> str:
        times = ("--start", f"{day}T10:00", "--end", f"{day}T12:00")
        return dutyline("pay", "quote", "--department", millbrook, *times, *more).output

    assert "The officer is paid $420.00." in quoted(later)
    assert "The officer is paid $200.00." in quoted(today + timedelta(days=7), "--rate", "5000")
    assert "--rate gives the detail's own" in quoted(today + timedelta(days=7))
    assert "Say --handbook FILE or --department SLUG" in quoted(later, "--handbook", str(file))
