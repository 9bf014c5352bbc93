"""QUIET 10PM-6AM, DIGEST 6PM, URGENT ONLY: when an officer is told of new details. The rest always comes at once."""

from dataclasses import replace

from flows.caller import Caller
from flows.standing_words import read_minute, read_minutes
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.line.telling_choice import choices_of, choose
from models.rules.asking.telling import Choice

_TIME = r"\d{1,2}(?::?\d{2})?\s?(?:[AP]\.?M?\.?)?"
_HOURS = rf"{_TIME}\s*(?:-|TO|A)\s*{_TIME}"
_OFF = r"OFF|NO|APAGAR"


@verb("quiet", "quiet_off", "digest", "digest_off", "urgent", "urgent_off", "how", acts=True)
def choose_telling(caller: Caller, memory: Memory) -> Outcome:
    """Keeps what he wants; the word alone says what can be wanted."""
    command, said = str(memory["command"]), str(memory.get("rest", ""))
    before = choices_of(caller.work, caller.department.id, [caller.officer.id]).get(caller.officer.id, Choice())
    is_off = command.endswith("_off") or said in ("OFF", "NO", "APAGAR")
    if command.startswith("urgent"):
        return _keep(caller, replace(before, urgent_only=not is_off), "urgent_off" if is_off else "urgent")
    if command == "quiet":
        hours = (0, 0) if is_off else read_minutes(said)
        if hours is None:
            return Outcome("how")
        values = {} if is_off else {"first": hours[0], "last": hours[1]}
        return _keep(caller, replace(before, quiet=hours), "quiet_off" if is_off else "quiet", values)
    minute = -1 if is_off else read_minute(said)
    if minute is None:
        return Outcome("how")
    return _keep(
        caller,
        replace(before, digest=minute),
        "digest_off" if is_off else "digest",
        {} if is_off else {"at": minute},
    )


def _keep(caller: Caller, choice: Choice, outcome: str, values: Memory | None = None) -> Outcome:
    choose(caller.work, caller.officer, choice)
    return Outcome(outcome, values or {})


FLOW = Flow(
    name="telling",
    start="choose",
    commands=(
        Command(
            "quiet",
            {"en": ("QUIET", "QUIET HOURS"), "es": ("SILENCIO",)},
            rest=rf"{_OFF}|{_TIME}\s*(?:-|TO|A)\s*{_TIME}",
        ),
        Command("digest", {"en": ("DIGEST",), "es": ("RESUMEN",)}, rest=rf"{_OFF}|(?:AT |A LAS )?{_TIME}"),
        Command("urgent", {"en": ("URGENT ONLY", "ONLY URGENT"), "es": ("SOLO URGENTE", "SOLO URGENTES")}),
        Command("urgent_off", {"en": ("URGENT OFF", "URGENT ONLY OFF"), "es": ("URGENTE NO", "SOLO URGENTE NO")}),
    ),
    steps={
        "choose": Do(
            choose_telling,
            {
                "quiet": "quiet",
                "quiet_off": "quiet_off",
                "digest": "digest",
                "digest_off": "digest_off",
                "urgent": "urgent",
                "urgent_off": "urgent_off",
                "how": "how",
            },
        ),
        "quiet": Say("telling.quiet"),
        "quiet_off": Say("telling.quiet_off"),
        "digest": Say("telling.digest"),
        "digest_off": Say("telling.digest_off"),
        "urgent": Say("telling.urgent"),
        "urgent_off": Say("telling.urgent_off"),
        "how": Say("telling.how"),
    },
)
