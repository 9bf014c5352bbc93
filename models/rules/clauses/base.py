"""What every clause of a handbook has in common."""

import re
import unicodedata
from datetime import date, time
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from models.rules.clauses import sources

#: More than anybody means, of whatever unit, and little enough to be counted with: ten years of minutes.
_MOST = 5_270_400
_MOST_CENTS = 10_000_000_000


class Clause(BaseModel):
    """A part of a handbook: immutable, and a misspelt setting is an error instead of being ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @field_validator("*")
    @classmethod
    def _can_be_meant(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse what no policy means and what would only fail once it is counted with, or sent."""
        most = _MOST_CENTS if "cents" in (info.field_name or "") else _MOST
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, int | float) and abs(each) > most:
                raise ValueError(f"is more than anybody can mean; at most {most}")
            if isinstance(each, str) and any(unicodedata.category(one) == "Cc" for one in each):
                raise ValueError("has a character in it that cannot be seen")
        return value


def _as_a_time(value: Any) -> Any:
    """A number would be read as seconds after midnight, so that 1800 were half past twelve at night."""
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{1,2}):([0-5]\d)(?::00(?:\.0+)?)?", value)):
        hour, minute = int(found[1]), found[2]
        if hour < 24:
            return f"{hour:02}:{minute}"
    if isinstance(value, time) and value.tzinfo is None and not (value.second or value.microsecond):
        return value
    raise ValueError("must be a time of day on the wall, to the minute and without a zone, like 18:00")


def _as_a_date(value: Any) -> Any:
    """A number would be read as seconds since 1970."""
    is_written = isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)
    if is_written or type(value) is date:
        return value
    raise ValueError("must be a date, like 2026-11-02")


#: A time of day as the department's wall shows it, exact to the minute.
WallTime = Annotated[time, BeforeValidator(_as_a_time)]

#: A day of the department's calendar.
WallDate = Annotated[date, BeforeValidator(_as_a_date)]


def in_minutes(hours: float) -> int:
    """Whole minutes of a number of hours."""
    return round(hours * 60)


def _whole_minutes(hours: float) -> float:
    if abs(hours * 60 - in_minutes(hours)) > 1e-6:
        raise ValueError("must be a whole number of minutes; give the rest in `minutes` where there is one")
    return hours


#: Hours as people write them (8, 7.5), exact to the minute. At most a leap year.
Hours = Annotated[float, Field(ge=0, le=8784), AfterValidator(_whole_minutes)]

#: A short name that a handbook gives to something: a rank, a pool, a round.
Name = Annotated[str, Field(min_length=1, max_length=60)]


def made_up(says: Any = None, **more: Any) -> dict[str, Any]:
    """What a setting says of itself that departments have without our knowing a public text."""
    return cited(sources.ILLUSTRATIVE, says, **more)


def cited(source: str, says: Any = None, **more: Any) -> dict[str, Any]:
    """What a setting says of itself that a public text asks for."""
    return {"source": source, **({"says": says} if says else {}), **more}
