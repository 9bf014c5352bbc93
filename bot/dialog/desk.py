"""Between callers who wait and the people at the desk: what is said to the one about the other."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog.hold import Hold, hold
from bot.dialog.rendering import render_prompt, voice_for
from ivr_prompts import load
from ivr_prompts.audio import folders_of_departments
from models.line import waiting
from models.line.call import last_answer, lock_call
from models.line.desk_phone import all_desk_phones
from models.line.line import names_of_departments
from models.retry import whole
from models.session import Actor, Database, Work

DESK = Actor("agent", "voice")
LANGUAGE_OF_DESK = "en"
_CARRIER = Actor("carrier", "voice")
_NOWHERE = ZoneInfo("UTC")
LONGEST_TRANSCRIPT = 4000


def hold_on(database: Database, sid: str, line_number: str, waited_seconds: int | None, keys: str) -> Hold:
    """What who waits in the call `sid` hears next. `waited_seconds` is the carrier's count; None where it has none."""
    return whole(lambda: _hold_on(database, sid, line_number, waited_seconds, keys))


def _hold_on(database: Database, sid: str, line_number: str, waited_seconds: int | None, keys: str) -> Hold:
    with database.begin_on_line(line_number, _CARRIER) as (work, line):
        call = lock_call(work, line.department_id, sid, "") if line is not None else None
        if line is None or call is None:
            return Hold("", LANGUAGE_OF_DESK, leaves=True)
        row = waiting.waiting_of(work, line.department_id, call.id)
        if waited_seconds is None:
            waited_seconds = waiting.since(row.entered_at, work.now) if row is not None else 0
        voice = voice_for(call.language, _NOWHERE, "voice")
        heard = hold(work, line.department_id, row, waited_seconds, keys, voice)
        return replace(heard, audio=_audio(work, call)) if heard.said else heard


def picked_up(database: Database, department_id: int, waiting_id: int) -> str | None:
    """What whoever picks up at the desk is told about the caller; None when he does not wait any more."""
    with database.begin([department_id], DESK) as work:
        row = waiting.waiting(work, department_id, waiting_id)
        return _about(work, row) if row is not None and row.state == "waiting" else None


def takes(database: Database, department_id: int, waiting_id: int, number: str) -> bool:
    """The desk's telephone with this number takes the caller; false when somebody was faster."""

    def take() -> bool:
        with database.begin([department_id], DESK) as work:
            by = next((each.name for each in all_desk_phones(work.conn) if each.number == number), "")
            return waiting.take(work, department_id, waiting_id, by)

    return whole(take)


def note_message(database: Database, line_number: str, recording_sid: str, words: str) -> bool:
    """Keep what the carrier made of a message's words; false for no message of ours."""
    with database.begin_on_line(line_number, _CARRIER) as (work, line):
        return line is not None and waiting.note_transcript(
            work, line.department_id, recording_sid, words[:LONGEST_TRANSCRIPT]
        )


def _audio(work: Work, call: Any) -> str:
    """Whose recordings he heard when he was put into the line; nothing is asked where no department has its own."""
    if not folders_of_departments():
        return ""
    return str(last_answer(work, call.department_id, call.id).get("audio", ""))


def _about(work: Work, row: Any) -> str:
    """Who, known by what, why, and in which language."""
    voice = voice_for(LANGUAGE_OF_DESK, _NOWHERE, "voice")
    why = f"desk.why_{row.reason}"
    is_known = row.identified_by and row.identified_by != "badge_alone"
    name = row.name if is_known else row.claimed or row.name
    values = {
        "names": names_of_departments(work),
        "who": name or render_prompt("desk.somebody", {}, voice),
        "known": [{"prompt": f"desk.{known_by(name, row.identified_by)}"}],
        "why": [{"prompt": why if load(LANGUAGE_OF_DESK).text(why, "voice") else "desk.why_other"}],
        "speaks": [{"prompt": f"desk.speaks_{row.language}"}],
    }
    return render_prompt("desk.whisper", values, voice)


def known_by(name: str | None, identified_by: str | None) -> str:
    """The prompt that says how sure it is that he is he: by his PIN, a badge without it, his number, or not at all."""
    if identified_by == "badge_alone":
        return "claimed_by_badge"
    return "known_by_pin" if identified_by else "known_by_number" if name else "known_not"
