"""A bundle is read whole or not at all, and everything that is wrong is said at once with its place."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from models.bundle import Bundle, BundleErrors, json_schema, read
from tests.bundle.elm_falls import ELM_FALLS


def problems(text: str) -> list[str]:
    """What is wrong with a bundle, as it is printed."""
    with pytest.raises(BundleErrors) as caught:
        read(text, "elm.yaml")
    return [str(each) for each in caught.value.problems]


def test_a_bundle_is_read_with_words_as_they_were_written() -> None:
    bundle = read(ELM_FALLS, "elm.yaml")
    reyes, boone = bundle.officers
    assert (reyes.badge, boone.badge) == ("0114", "9")
    assert reyes.qualifications == {"flagger": date(2027, 1, 31), "radar": None}
    assert bundle.details[0].openings[0].code == "5724"
    assert bundle.counters.hours["road"]["boone"] == 31.5


def test_what_yaml_would_guess_stays_a_word() -> None:
    text = ELM_FALLS.replace("[Sergeant, Officer]", "[Sergeant, Officer, NO, 1:30]").replace(
        "rank: Officer, seniority_on: 2014-06-09", "rank: NO, seniority_on: 2014-06-09"
    )
    assert read(text, "elm.yaml").officers[1].rank == "NO"


def test_the_same_bundle_as_json() -> None:
    text = json.dumps(read(ELM_FALLS, "elm.yaml").model_dump(mode="json", exclude_none=True), indent="\t")
    again = read(text, "elm.json")
    assert again.officers[1] == read(ELM_FALLS, "elm.yaml").officers[1]
    twice, signed_up = (text[: text.index(part)].count("\n") + 1 for part in ('"ref": "main-2"', '"detail": "main-2"'))
    assert problems(text.replace('"main-2"', '"main-1"')) == [
        f"details[1].ref, line {twice}: another record has the ref 'main-1' already",
        f"signups[3], line {signed_up - 2}: officer 'boone' signed up for 'main-1' already",
    ]


# what is replaced, by what, what is said
SPOILT = [
    ("slug: elm-falls", "slug: Elm Falls", "department.slug, line 2: must be a word of small letters,"),
    ("America/New_York", "America/Elm_Falls", "department.timezone, line 4: 'America/Elm_Falls' is not a time zone"),
    ("lines: [+19785550100]", "lines: [978-555-0100]", "department.lines[0], line 5: must be a telephone number"),
    ("pools: [road, double]", "pool: [road, double]", "handbook.pool, line 8: is not known here: did you mean pools?"),
    ("[fewest_hours, seniority]", "[fewest_hours, charm]", "handbook.awarding.rounds[0].order[1]"),
    ("    badge: 0114\n", "", "officers[0].badge, line 14: is needed"),
    ("badge: 9,", "badge: 0114,", "officers[1].badge, line 21: another officer has the badge '0114' already"),
    ("seniority_on: 2014-06-09", "seniority_on: 6/9/2014", "officers[1].seniority_on, line 21: is not a date like"),
    ("seniority_on: 2014-06-09", "seniority_on: 2014-06-31", "officers[1].seniority_on, line 21:"),
    ("rank: Officer, sen", "rank: Oficer, sen", "officers[1].rank, line 21: the handbook has no rank 'Oficer'"),
    ("status: active", "status: retired", "officers[1].status, line 21: 'retired' is not one of active,"),
    ("contractor: gas, name", "contractor: gaz, name", "sites[0].contractor, line 25: there is no 'gaz' among"),
    ("site: main-st\n", "site: elm-st\n", "details[0].site, line 30: there is no 'elm-st' among sites"),
    ("    rate: road\n", "    rate: gold\n", "details[0].rate, line 31: there is no 'gold' among rates"),
    ("pool: double", "pool: triple", "details[1].pool, line 39: the handbook has no pool 'triple'"),
    ("ends_at: 2026-11-11 11:00", "ends_at: 2026-11-11 07:00", "details[1].ends_at, line 39: is not after starts_at"),
    ("ends_at: 2026-11-11 11:00", "ends_at: 1799999999", "details[1].ends_at, line 39: is not a time like"),
    ("ends_at: 2026-11-11 11:00", "ends_at: 2026-11-11 11:00:30", "details[1].ends_at, line 39: is not a time like"),
    ("closes_at: 2026-11-08", "closes_at: 2026-10-08", "details[0].closes_at, line 35: is before posted_at"),
    ("ends_at: 2026-11-10 16:00", "ends_at: 2026-11-10 06:00", "details[0].openings[1].ends_at, line 38: is not"),
    ("code: 5724", "code: 5723", "details[0].openings[0].code, line 37: '5723' is not a code"),
    ("{officer: boone, detail: main-1}", "{officer: bone, detail: main-1}", "signups[1].officer, line 42: there is no"),
    ("main-1, opening: 2", "main-1, opening: 3", "signups[2].opening, line 43: 'main-1' has no opening"),
    ("main-1, opening: 2", "main-1", "signups[2], line 43: officer 'reyes' signed up for 'main-1' already"),
    ("[boone, reyes]", "[boone, boone]", "counters.rotations.road[1], line 48: officer 'boone' is in this rotation"),
    ("boone: 31.5", "bone: 31.5", "counters.hours.road.bone, line 49: there is no 'bone' among officers"),
    (
        "department:\n",
        "bars: [{officer: boone, kind: no_show, from_on: 2026-11-01}]\ndepartment:\n",
        "bars[0].from_on, line 1: is not known here: did you mean from_at?",
    ),
    ("tours:", "tour:", "tour, line 46: is not known here"),
    ("  name: Elm Falls Police\n", "  name: Elm\n  name: Falls\n", "department.name, line 4: is given twice"),
    ("slug: elm-falls", "slug: [elm", "is not YAML"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), SPOILT)
def test_an_error_is_said_with_its_place(old: str, new: str, said: str) -> None:
    assert ELM_FALLS.count(old) == 1
    found = problems(ELM_FALLS.replace(old, new))
    assert any(said in each for each in found), found


def test_all_errors_are_said_at_once_and_wrong_records_do_not_hide_others() -> None:
    text = (
        ELM_FALLS.replace("    badge: 0114\n", "")
        .replace("rank: Officer, sen", "rank: Oficer, sen")
        .replace("site: main-st\n", "site: elm-st\n")
        .replace("{officer: boone, detail: main-1}", "{officer: bone, detail: main-1}")
        .replace("ends_at: 2026-11-10 06:00}", "ends_at: 2026-11-09 22:00}")
    )
    assert [each.split(":")[0] for each in problems(text)] == [
        "officers[0].badge, line 14",
        "officers[1].rank, line 20",
        "details[0].site, line 29",
        "signups[1].officer, line 41",
        "tours[0].ends_at, line 45",
    ]


def test_the_message_names_the_file() -> None:
    with pytest.raises(BundleErrors, match=r"^elm.yaml: department.slug, line 2: "):
        read(ELM_FALLS.replace("elm-falls", "ELM"), "elm.yaml")


def test_a_time_that_the_clocks_leave_out_or_show_twice_is_an_error() -> None:
    forward = ELM_FALLS.replace("2026-11-11 07:00", "2026-03-08 02:30").replace("2026-11-11 11:00", "2026-03-08 08:00")
    assert "details[1].starts_at, line 39: 2026-03-08 02:30 does not exist in America/New_York" in problems(forward)[0]
    back = ELM_FALLS.replace("2026-11-11 07:00", "2026-11-01 01:30").replace("2026-11-11 11:00", "2026-11-01 08:00")
    (said,) = problems(back)
    assert "2026-11-01 01:30-04:00 or 2026-11-01 01:30-05:00" in said
    assert read(back.replace("01 01:30", "01 01:30-05:00"), "elm.yaml").details[1].starts_at.tzinfo is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n- b",
        "just words",
        "null",
        "{",
        '{"department": null}',
        "department:",
        "department: {slug: x}\nofficers: 7",
        "officers: [[[[]]]]\ndepartment: []",
        "a: &a [*a]",
        "[" * 100_000,
        "{" * 100_000,
        "- " * 100_000,
        '{"a":' * 100_000,
        "\n".join(" " * depth + "a:" for depth in range(3000)),
        "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        + "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)),
        "department: !!python/object/apply:os.system [id]",
        "? [a, b]\n: c",
        "a: 1\n---\nb: 2",
        "\x00",
        "department: {slug: a, name: \ud800, timezone: UTC}",
    ],
)
def test_a_text_that_is_no_bundle_is_said_to_be_none(text: str) -> None:
    assert problems(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80), st.integers(0, len(ELM_FALLS)), st.integers(0, 40))
def test_a_bundle_spoilt_anywhere_is_read_or_refused_never_a_crash(noise: str, place: int, cut: int) -> None:
    with suppress(BundleErrors):
        read(ELM_FALLS[:place] + noise + ELM_FALLS[place + cut :], "elm.yaml")


def test_the_schema_names_every_part_and_says_what_it_means() -> None:
    schema = json_schema()
    assert set(schema["properties"]) == set(Bundle.model_fields)
    for name, part in schema["$defs"].items():
        for field, described in part.get("properties", {}).items():
            assert described.get("description") or "$ref" in described or field == "kind", (
                f"{name}.{field} says nothing"
            )


def examples() -> list[str]:
    """The blocks of YAML in the documentation."""
    page = Path(__file__).parents[2] / "docs" / "bundle.md"
    return [block.split("```")[0] for block in page.read_text("utf-8").split("```yaml\n")[1:]]


def test_the_example_in_the_documentation_is_a_bundle() -> None:
    assert read(examples()[0], "docs/bundle.md").officers
    assert yaml.safe_load(examples()[0])
