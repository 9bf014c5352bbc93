"""TEMP 978 555 0123 UNTIL FRIDAY 6PM: another telephone for a while, which its holder confirms with a code."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import phonenumbers

from flows.answers import Digits, Number, Text
from flows.caller import Caller
from flows.choosing import EXITS
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, verb
from flows.until_words import read_until
from models.people.one_time_code import check_code, send_code
from models.people.phone import end_temporary, owner_of, set_temporary, temporary_of

_OFF = r"OFF|NO|END|STOP|APAGAR|QUITAR|TERMINAR"
_ENDS = re.compile(rf"\b(?:{_OFF})\b")
_DIGITS_APART = r"[+(]?\d[\d ().-]{5,18}\d"
MOST_DAYS = 99
REFUSALS = ("not_a_number", "not_usable", "own", "past", "too_far", "too_often")


@verb("sent", "which_number", "how_long", "off", "none", *REFUSALS, acts=True, gives_away=True)
def ask_for(caller: Caller, memory: Memory) -> Outcome:
    """Has a code texted to the number, once it and the time are known; or ends what there is."""
    said = _said(caller, memory)
    if _ENDS.search(said):
        return _off(caller)
    number = _number(str(memory.get("number_said") or said))
    if number is None:
        return Outcome("not_a_number" if memory.get("number_said") else "which_number", {"number_said": ""})
    until_at = _until(caller, memory, said)
    return _ask(caller, number, until_at) if until_at else Outcome("how_long", {"number_said": number})


@verb("set", "wrong", "over", "not_usable", acts=True, gives_away=True)
def confirm(caller: Caller, memory: Memory) -> Outcome:
    """Whether the code was right: then texts and calls go to the number first until the time that was said."""
    checked, code = check_code(caller.work, caller.officer.person_id, "temporary", str(memory["code"]))
    if code is None or code.until_at is None:
        return Outcome("over" if checked == "over" else "wrong")
    if owner_of(caller.work, code.number) not in (None, caller.officer.person_id):
        return Outcome("not_usable")
    where = [one.department.id for one in caller.memberships()]
    set_temporary(caller.work, where, caller.officer.person_id, code.number, code.until_at)
    new_hours = round(caller.edition().rules.callers.new_number_hours)
    return Outcome("set", {"number": code.number, "until_at": code.until_at, "new_hours": new_hours})


def _ask(caller: Caller, number: str, until_at: datetime) -> Outcome:
    refused = _refused(caller, number, until_at)
    if refused:
        return refused
    person_id, department_id = caller.officer.person_id, caller.department.id
    if not send_code(caller.work, department_id, person_id, "temporary", number, until_at):
        return Outcome("too_often")
    return Outcome("sent", {"number": number, "until_at": until_at})


def _said(caller: Caller, memory: Memory) -> str:
    """What followed the word; of a sentence all of it, as long as nothing was asked."""
    if memory.get("rest") is not None:
        return str(memory["rest"])
    return "" if memory.get("number_said") is not None else caller.heard.upper()


def _off(caller: Caller) -> Outcome:
    number = temporary_of(caller.work, caller.officer.person_id)
    if number is None:
        return Outcome("none")
    end_temporary(caller.work, caller.department.id, caller.officer.person_id, number)
    return Outcome("off", {"number": number})


def _refused(caller: Caller, number: str, until_at: datetime) -> Outcome | None:
    """Why it cannot be; whose else a number is, is not said."""
    days = caller.edition().rules.callers.temporary_number_days
    owner = owner_of(caller.work, number)
    if owner == caller.officer.person_id and temporary_of(caller.work, owner) != number:
        return Outcome("own")
    if owner not in (None, caller.officer.person_id):
        return Outcome("not_usable")
    if until_at <= caller.work.now:
        return Outcome("past", {"until_said": "", "days": 0})
    if until_at > caller.work.now + timedelta(days=days + 1):
        return Outcome("too_far", {"most_days": days, "until_said": "", "days": 0})
    return None


def _until(caller: Caller, memory: Memory, said: str) -> datetime | None:
    words = str(memory.get("until_said") or "") or _without_number(said)
    if memory.get("days"):
        words = f"FOR {memory['days']} DAYS"
    return read_until(words, caller.work.now, caller.department.zone)


def _number(said: str) -> str | None:
    found = _matches(said)
    return str(phonenumbers.format_number(found[0].number, phonenumbers.PhoneNumberFormat.E164)) if found else None


def _without_number(said: str) -> str:
    found = _matches(said)
    return f"{said[: found[0].start]} {said[found[0].end :]}" if found else ""


def _matches(said: str) -> list[Any]:
    """Numbers with their area code."""
    found = phonenumbers.PhoneNumberMatcher(said, "US", leniency=phonenumbers.Leniency.POSSIBLE)
    whole = phonenumbers.ValidationResult.IS_POSSIBLE
    return [each for each in found if phonenumbers.is_possible_number_with_reason(each.number) == whole]


_CODE_EXITS = replace(EXITS, nonsense=("temporary.again_1", "temporary.again_2"))

FLOW = Flow(
    name="temporary",
    start="ask_for",
    exits=EXITS,
    commands=(
        Command(
            "temporary",
            {
                "en": ("TEMP", "TEMP NUMBER", "TEMP PHONE", "TEMPORARY", "TEMPORARY NUMBER", "TEMPORARY PHONE"),
                "es": ("TEMP", "TEMPORAL", "NUMERO TEMPORAL", "TELEFONO TEMPORAL"),
            },
            rest=rf"{_OFF}|(?:NUMBER |PHONE |NUMERO |TELEFONO |AL? |TO )?{_DIGITS_APART}(?: .{{1,60}})?",
        ),
    ),
    steps={
        "ask_for": Do(
            ask_for,
            {
                **{name: name for name in ("sent", "which_number", "how_long", "off", "none", *REFUSALS)},
                "sent": "code",
            },
        ),
        "which_number": Ask("temporary.which_number", (Digits("number_said", "ask_for", 10, 15),)),
        "how_long": Ask(
            "temporary.how_long",
            (Number("days", "ask_for", 1, MOST_DAYS), Text("until_said", "ask_for", 60)),
        ),
        "code": Ask("temporary.code", (Digits("code", "confirm", 6, 6),), exits=_CODE_EXITS),
        "confirm": Do(confirm, {"set": "set", "wrong": "wrong", "over": "over", "not_usable": "not_usable"}),
        "wrong": Ask("temporary.wrong", (Digits("code", "confirm", 6, 6),), exits=_CODE_EXITS),
        "set": Say("temporary.set"),
        "over": Say("temporary.over"),
        "off": Say("temporary.off"),
        "none": Say("temporary.none"),
        "not_a_number": Say("temporary.not_a_number", "which_number"),
        "past": Say("temporary.past", "how_long"),
        "too_far": Say("temporary.too_far", "how_long"),
        **{name: Say(f"temporary.{name}") for name in ("not_usable", "own", "too_often")},
        "person": HandOff("lost_in_temporary_number", "again.person"),
    },
)
