"""Recording a call: when it begins, when it must have ended, and what the caller said to it.

Nothing may be recorded while a PIN can be keyed. A recording begins only at a question that asks for none, when it is
known who calls; before a question that asks for one it is ended, and the question is not put until the carrier has said
that it has.
"""

from typing import Any

from flows.caller import PhoneCaller
from ivr_prompts import load
from ivr_prompts.audio import wording_hash
from models.line.recording import delete_call_recordings, end_recording, plan_recording
from models.line.recording_consent import Announcement, Word, announcement_of, records, write_consent
from models.session import Work

MOST_MOMENTS = 10
"""A caller is asked to wait so many times, about a second each; then he goes to a person, and no PIN is asked for."""

_WORDS = ("recording.plain", "recording.way_out", "unrecorded.refused")


class CallRecording:
    """Of one call, in one of its turns. `row` is the locked call as it was before the turn."""

    def __init__(self, work: Work, row: Any, caller: PhoneCaller) -> None:
        self._work = work
        self._row = row
        self._caller = caller
        self.is_open = bool(row.is_recorded)

    @property
    def may_be_refused(self) -> bool:
        """Whether the key for it means anything in this call."""
        return self._row.recording in ("announced", "agreed")

    @property
    def is_patience_over(self) -> bool:
        """Whether he has waited long enough for the carrier to stop."""
        return bool(self._row.quieting >= MOST_MOMENTS)

    def end(self) -> None:
        """Nothing may be recorded from now on; afterwards `is_open` says whether something still may be."""
        if self.is_open:
            self.is_open = not end_recording(self._work, self._row.department_id, self._row.id)

    def spoil(self) -> None:
        """He keyed something before the carrier had stopped: it may be a PIN, so what there is of the call goes."""
        delete_call_recordings(self._work, self._row.department_id, self._row.id, "keyed_early")

    def keep_word(self, language: str) -> None:
        """Write down what was announced in this turn, and what he said to it."""
        if self._caller.announced is not None:
            self._write("announced", self._caller.announced, language)
        if self._caller.recording == "refused" and self._row.recording != "refused":
            self._write("refused", self._announcement(), language)
            delete_call_recordings(self._work, self._row.department_id, self._row.id, "refused")

    def begin_if_wanted(self, language: str) -> None:
        """Where it was announced, he is known and goes on, and his department records such calls."""
        caller = self._caller
        if caller.recording not in ("announced", "agreed") or self.is_open or self._row.cannot_record:
            return
        if caller.person_id is None or not hasattr(caller, "membership"):
            return
        clause = caller.edition().rules.calls.recording
        if not records(clause, outbound=self._is_outbound):
            return
        if caller.recording == "announced":
            caller.recording = "agreed"
            self._write("agreed", self._announcement(), language)
        plan_recording(self._work, self._row.department_id, self._row.id, caller.person_id, clause.keep_days)

    @property
    def _is_outbound(self) -> bool:
        return bool(self._row.direction == "out")

    def _announcement(self) -> Announcement:
        found = announcement_of(self._work, self._work.departments, outbound=self._is_outbound)
        return found or Announcement("", offers_refusal=True)

    def _write(self, word: Word, announcement: Announcement, language: str) -> None:
        write_consent(
            self._work,
            self._row.department_id,
            self._row.id,
            word,
            person_id=self._caller.person_id,
            announcement=announcement.name,
            wording=wording_of(language),
            language=language,
        )


def wording_of(language: str) -> str:
    """The hash of the words in which it is announced, so that it is known years later what was said."""
    prompts = load(language)
    return wording_hash(" ".join(prompts.text(key, "voice") or "" for key in _WORDS))
