"""AWAY NOV 28-30: the officer is asked for nothing on those days; AWAY OFF ends it."""

from datetime import timedelta

from flows.caller import Caller
from flows.day_words import day_pattern, read_days
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.awarding.telling.mine import Holding
from models.people.away import Days, away_days, come_back, go_away

FARTHEST = timedelta(days=300)
MOST_TOLD = 5

_OFF = r"OFF|NO|NO MORE|OVER|APAGAR|YA NO"


@verb("away", "away_still_held", "already", "listed", "none", "back", "how", "too_far", acts=True)
def say_away(caller: Caller, memory: Memory) -> Outcome:
    """Notes the days, ends what stands, or says what does; the word alone asks."""
    said = str(memory.get("rest", ""))
    if str(memory["command"]) == "away_off" or said in _OFF.split("|"):
        return Outcome("back" if come_back(caller.work, caller.officer) else "none")
    if not said:
        standing = away_days(caller.work, caller.department, caller.officer)[:MOST_TOLD]
        told = [{"prompt": "away.span", "first_on": first, "last_on": last} for first, last in standing]
        return Outcome("listed", {"lines": told}) if told else Outcome("none")
    today = caller.work.now.astimezone(caller.department.zone).date()
    days = read_days(said, today)
    if days is None or days[1] < today:
        return Outcome("how")
    return Outcome("too_far") if days[1] > today + FARTHEST else _note(caller, days)


def _note(caller: Caller, days: Days) -> Outcome:
    is_new = go_away(caller.work, caller.department, caller.officer, days)
    held = [one for one in caller.holdings() if one.kind == "assignment" and _is_on(caller, one, days)]
    values = {"first_on": days[0], "last_on": days[1], "codes": [one.opening.code for one in held]}
    if not is_new:
        return Outcome("already", values)
    return Outcome("away_still_held" if held else "away", values)


def _is_on(caller: Caller, held: Holding, days: Days) -> bool:
    """Whether what he has lies on one of the days: it stays as it is until he gives it back."""
    zone = caller.department.zone
    first, last = held.opening.starts_at.astimezone(zone).date(), held.opening.ends_at.astimezone(zone).date()
    return first <= days[1] and days[0] <= last


FLOW = Flow(
    name="away",
    start="say",
    commands=(
        Command(
            "away",
            {
                "en": ("AWAY", "I AM AWAY", "IM AWAY", "I'M AWAY", "UNAVAILABLE", "NOT AVAILABLE", "OUT OF TOWN"),
                "es": ("AUSENTE", "ESTOY AUSENTE", "NO DISPONIBLE", "NO ESTOY DISPONIBLE", "FUERA DE LA CIUDAD"),
            },
            rest=rf"{_OFF}|{day_pattern()}",
        ),
        Command("away_off", {"en": ("NOT AWAY", "AVAILABLE AGAIN"), "es": ("YA REGRESE", "DISPONIBLE DE NUEVO")}),
    ),
    steps={
        "say": Do(
            say_away,
            {name: name for name in ("away", "away_still_held", "already", "listed", "none", "back", "how", "too_far")},
        ),
        "away": Say("away.away"),
        "away_still_held": Say("away.away_still_held"),
        "already": Say("away.already"),
        "listed": Say("away.listed"),
        "none": Say("away.none"),
        "back": Say("away.back"),
        "how": Say("away.how"),
        "too_far": Say("away.too_far"),
    },
)
