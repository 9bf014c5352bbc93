"""How a scheduling system's words are ours: which column is which, what a shift's letter and a day's code mean."""

import re
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from models.rules.facts import TourKind
from models.spreadsheet import plain

Meaning = TourKind | Literal["none"]

FIELDS: dict[str, tuple[str, ...]] = {
    "badge": ("badge", "badge no", "badge num", "badge number", "badge id", "shield", "star", "employee id", "emp id",
              "id"),
    "starts_at": ("starts at", "start at", "start", "starts", "begin", "from", "start date time", "start datetime",
                  "shift start"),
    "ends_at": ("ends at", "end at", "end", "ends", "to", "until", "end date time", "end datetime", "shift end"),
    "date": ("date", "day", "shift date", "work date", "tour date", "start date", "on", "first day"),
    "end_date": ("end date", "through", "last day"),
    "start_time": ("start time", "time in", "begin time", "time start", "in"),
    "end_time": ("end time", "time out", "finish time", "time end", "out"),
    "shift": ("shift", "shift code", "tour", "watch", "platoon"),
    "kind": ("kind", "type", "status", "code", "pay code", "activity", "event", "assignment type"),
}  # fmt: skip
"""Headings by what they mean, in lower case without signs; of several for one meaning the first that is there."""

KINDS: dict[str, Meaning] = {
    **dict.fromkeys(("duty", "regular", "regular duty", "reg", "on duty", "work", "shift", "tour", "patrol"), "duty"),
    **dict.fromkeys(("overtime", "ot", "holdover", "hold over", "callback"), "overtime"),
    **dict.fromkeys(("court", "subpoena", "grand jury"), "court"),
    **dict.fromkeys(("training", "school", "academy", "range", "in service", "trg"), "training"),
    **dict.fromkeys(
        ("leave", "vacation", "vac", "sick", "sick leave", "personal", "personal day", "comp", "comp time",
         "bereavement", "military", "fmla", "holiday", "injured", "workers comp", "admin leave", "pto", "al", "sl"),
        "leave",
    ),
    **dict.fromkeys(("off", "day off", "rdo", "x", "regular day off"), "none"),
}  # fmt: skip
"""What a word for a kind of day means where the mapping does not say."""

_HOURS = re.compile(r"(\d{1,2}):?(\d{2})\s*-\s*(\d{1,2}):?(\d{2})")


class TourMapping(BaseModel):
    """What is said of a scheduling system so that its files are understood. `{}` does for what most of them write."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, str] = Field(
        default={},
        description="For a meaning (badge, starts_at, ends_at, date, end_date, start_time, end_time, shift, kind) the "
        "heading of its column, where it is not one of the usual ones.",
        examples=[{"badge": "Emp No", "shift": "Platoon"}],
    )
    shifts: dict[str, str] = Field(
        default={},
        description="For a shift's letter or name its hours; those that end before they begin end on the next day.",
        examples=[{"D": "07:00-15:00", "N": "23:00-07:00"}],
    )
    kinds: dict[str, Meaning] = Field(
        default={},
        description="For a word of the kind column, the shift or an event's title its meaning: duty, overtime, court, "
        "training, leave, or none for what is not time taken.",
        examples=[{"KELLY": "none", "DET": "training"}],
    )
    badge: str | None = Field(
        default=None, description="A calendar of one officer: his badge. All its events are his.", examples=["114"]
    )
    badge_in: Literal["summary", "description", "location", "attendee", "categories"] = Field(
        default="summary", description="A calendar of several officers: where an event names the badge."
    )
    badge_pattern: str = Field(
        default=r"#?\b(\d{1,6}[A-Za-z]?)\b",
        description="The badge within that text, as a regular expression; what its first group finds.",
    )
    zones: dict[str, str] = Field(
        default={},
        description="For a zone that a calendar names and nobody else does, the zone it means.",
        examples=[{"Eastern": "America/New_York"}],
    )
    unknown_badges: Literal["refuse", "pass_over"] = Field(
        default="refuse",
        description="What becomes of a file with tours of people the department does not have: refused as a whole, or "
        "their tours passed over and counted.",
    )

    @field_validator("columns")
    @classmethod
    def _known_meanings(cls, columns: dict[str, str]) -> dict[str, str]:
        unknown = [name for name in columns if name not in FIELDS]
        if unknown:
            raise ValueError(f"no column means {unknown[0]!r}; they mean {', '.join(FIELDS)}")
        return columns

    @field_validator("shifts")
    @classmethod
    def _hours_of_shifts(cls, shifts: dict[str, str]) -> dict[str, str]:
        for name, hours in shifts.items():
            if shift_minutes(hours) is None:
                raise ValueError(f"the hours of shift {name!r} are {hours!r}, not like 07:00-15:00")
        return shifts

    @field_validator("zones")
    @classmethod
    def _known_zones(cls, zones: dict[str, str]) -> dict[str, str]:
        for name in zones.values():
            try:
                ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError):
                raise ValueError(f"there is no zone {name!r}; one is America/New_York") from None
        return zones

    @model_validator(mode="after")
    def _pattern_finds(self) -> Self:
        try:
            groups = re.compile(self.badge_pattern).groups
        except re.error as error:
            raise ValueError(f"badge_pattern is not a regular expression: {error}") from None
        if groups < 1:
            raise ValueError("badge_pattern needs a group in parentheses round the badge")
        return self

    def headings(self) -> dict[str, tuple[str, ...]]:
        """For each meaning the headings of its column, plainly written, the first that is there counts."""
        return {
            field: (plain(self.columns[field]),) if field in self.columns else usual for field, usual in FIELDS.items()
        }

    def meaning(self, word: str) -> Meaning | None:
        """What a word for a kind of day means; None for a word nobody explained."""
        ours = {plain(name): meaning for name, meaning in self.kinds.items()}
        return ours.get(plain(word)) or KINDS.get(plain(word))

    def hours(self, shift: str) -> tuple[int, int] | None:
        """The minutes of the day at which a shift begins and ends; None for a shift nobody explained."""
        said = next((hours for name, hours in self.shifts.items() if plain(name) == plain(shift)), None)
        return shift_minutes(said) if said else None


def shift_minutes(hours: str) -> tuple[int, int] | None:
    """`23:00-07:00` as minutes of the day, 1380 and 420; None where that is not how it is written."""
    found = _HOURS.fullmatch(hours.strip())
    if found is None:
        return None
    start, end = (int(found[part]) * 60 + int(found[part + 1]) for part in (1, 3))
    return (start, end) if max(start, end) <= 24 * 60 and start != end else None
