"""Every utterance that the tolerant reading was built with is read right, and the measuring set holds what it held."""

from collections import Counter

import pytest

from bench.understanding import MEASURED, Case, cases

DEVELOPED = list(cases(MEASURED.parent / "developed"))
MEASURED_CASES = list(cases())


@pytest.mark.parametrize("case", DEVELOPED, ids=lambda case: f"{case.language} {case.kind}: {case.text}")
def test_what_it_was_built_with_is_read_right(case: Case):
    assert case.read() == case.expected


def test_the_measuring_set_is_read_as_well_as_it_was_when_it_was_measured():
    verdicts = Counter(case.verdict() for case in MEASURED_CASES)
    assert verdicts["right"] / verdicts.total() >= 0.97, verdicts
    assert not verdicts["destructive misread"], verdicts


def test_the_measuring_set_is_large_and_a_good_part_of_it_is_no_command():
    assert len(MEASURED_CASES) >= 400
    assert sum(not case.expected["understood"] for case in MEASURED_CASES) >= 100
