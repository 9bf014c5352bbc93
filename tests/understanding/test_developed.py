"""What the tolerant reading was built with is read right, and the measuring sets hold what they held."""

from collections import Counter
from pathlib import Path

import pytest

from bench.understanding import MEASURED, STRANGERS, STRANGERS2, STRANGERS3, cases

DEVELOPED = MEASURED.parent / "developed"


def test_what_it_was_built_with_is_read_right():
    wrong = [f"{case.language} {case.kind}: {case.text}" for case in cases(DEVELOPED) if case.read() != case.expected]
    assert not wrong


@pytest.mark.parametrize("folder", [MEASURED, STRANGERS], ids=lambda folder: folder.name)
def test_a_measuring_set_is_read_as_well_as_it_was_when_it_was_measured(folder: Path):
    for language in ("en", "es"):
        verdicts = Counter(case.verdict() for case in cases(folder) if case.language == language)
        assert verdicts["right"] / verdicts.total() >= 0.97, (language, verdicts)
        assert not verdicts["destructive misread"], (language, verdicts)


@pytest.mark.parametrize(
    ("folder", "held_out", "least"),
    [(STRANGERS2, False, 0.96), (STRANGERS2, True, 0.89), (STRANGERS3, False, 0.97), (STRANGERS3, True, 0.82)],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_a_halved_set_is_read_as_well_as_it_was_when_it_was_measured(folder: Path, held_out: bool, least: float):
    verdicts = Counter(case.verdict() for case in cases(folder) if case.held_out == held_out)
    assert verdicts["right"] / verdicts.total() >= least, verdicts
    assert not verdicts["destructive misread"], verdicts


def test_the_measuring_sets_are_large_and_a_good_part_of_them_is_no_command():
    for folder in (MEASURED, STRANGERS, STRANGERS2, STRANGERS3):
        every = list(cases(folder))
        assert len(every) >= 500
        assert folder == STRANGERS3 or sum(not case.expected["understood"] for case in every) >= 100
