"""One turn of a call, inside the transaction that holds the call: what came in, the turn, the record, what is said.

Who calls is not known until he has keyed his PIN: until then nothing is told, and what is keyed is masked before it is
written down.
"""

import re
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog.call_audio import audio_of
from bot.dialog.call_hearing import CallHearing, asks_for_secret, hear
from bot.dialog.call_input import RING, CallInput
from bot.dialog.call_recording import CallRecording
from bot.dialog.conversation import Conversation, from_json, to_json
from bot.dialog.events import Event, HandOffWanted, HangingUp, Heard, PutThrough, Started
from bot.dialog.listening import QUIETING, listening_at
from bot.dialog.questions import question_of
from bot.dialog.rendering import Voice, render, render_prompt, voice_for
from bot.dialog.runner import Turn, take_turn
from bot.dialog.spoken_answer import SpokenAnswer, answer_from_json
from bot.dialog.understanding.keys import AGENT
from bot.dialog.understanding.understood import Understood
from flows.caller import PhoneCaller
from flows.catalogue import catalogue
from ivr_prompts import languages
from models.line import waiting
from models.line.call import Standing, TurnTaken, end_call, last_answer, move_call, save_call_turn
from models.line.desk_phone import MOST_RUNG, all_desk_phones
from models.line.hand_off import ALARMS, HandedOver, hand_off
from models.line.outbound_call import answer_call, note_put_through
from models.line.urgency import goes_first
from models.session import Work

MASK = "*"
TALKED = ("bridged", "bridging-in-process", "hangup", "redirected", "redirected-from-bridged")
"""How waiting ends when a person has taken the call, or nobody is on the line any more."""
_NOWHERE = ZoneInfo("UTC")
"""Nothing that has a time is told before somebody is identified."""
_BADGE_AND_PIN = re.compile(r"(\d{1,10})\*(\d{4,8})#?", re.ASCII)


def take_turn_of_call(work: Work, line: Any, row: Any, came: CallInput, *, is_failed: bool = False) -> SpokenAnswer:
    """Does what was keyed or said, once, and gives the answer. `row` is the locked call."""
    turn = _CallTurn(work, line, row, came)
    return turn.fail() if is_failed else turn.take()


def last_resort() -> SpokenAnswer:
    """When nothing can be read or written: sorry, and to a person without a record of why."""
    return SpokenAnswer(render_prompt("trouble.call", {}, voice_for("en", _NOWHERE, "voice")), "en", "queue")


class _CallTurn:
    """A turn under way."""

    def __init__(self, work: Work, line: Any, row: Any, came: CallInput) -> None:
        self.work = work
        self.line = line
        self.row = row
        self.came = came
        self.before = self._conversation()
        self.caller = PhoneCaller(
            work=work,
            number=row.from_number,
            line_id=line.id,
            heard=came.speech,
            line=line,
            from_number=row.from_number,
            owner_id=row.owner_id,
            recording=row.recording,
        )
        self.recording = CallRecording(work, row, self.caller)

    def take(self) -> SpokenAnswer:
        """The ordinary turn."""
        if self.came.queue or self.came.desk:
            return self._leave_queue() if self.came.queue else self._rung()
        if not self._enter():
            return self._put_through(Turn(self.before, (), (HandOffWanted("caller_has_left", "", ""),), None))
        if self.row.quieting and self.came.keys.rstrip("#") != AGENT:
            return self._wait_for_quiet()
        event = self._event()
        if isinstance(event, Heard) and event.understood.command == "repeat":
            return self._say_again(event.understood)
        return self._answer(self._turned(event), event.understood if isinstance(event, Heard) else None)

    def fail(self) -> SpokenAnswer:
        """The turn was undone: sorry, and to a person."""
        wanted = HandOffWanted("call_turn_not_taken", *self._place(self.before))
        return self._put_through(Turn(self.before, (), (wanted,), None, PutThrough()), "trouble.call")

    # Who and where

    def _conversation(self) -> Conversation:
        if self.came.token != RING:
            return from_json(self.row.dialog)
        return Conversation(channel="voice", language=self._spoken(self.row.owner_language or "en"))

    def _enter(self) -> bool:
        """Whoever was identified stands in his department again; false when he is an officer there no longer."""
        if self.row.identified_by is None:
            return True
        found = self.caller.memberships_of(self.row.person_id)
        self.caller.identify(self.row.person_id, self.row.identified_by)
        chosen = self.before.department_at(self.work.now)
        if found:
            self.caller.membership = next((one for one in found if one.department.id == chosen), found[0])
            self.before = replace(self.before, language=self._spoken(found[0].officer.language))
        return bool(found)

    def _spoken(self, language: str) -> str:
        return language if language in languages() else "en"

    # The turn

    def _event(self) -> Event:
        """What came in; of one who comes back from the queue not, because no question of ours stands there."""
        if self.came.outbound is not None:
            answer_call(self.work, *self.came.outbound, self.came.sid)
        if self.row.state == "with_agent":
            move_call(self.work, self.line.department_id, self.row.id, "come_back")
            return Started("call_menu", entry="again") if self.caller.is_identified else Started("identify")
        hearing = CallHearing(catalogue(), self.before, self.caller, self.work.now, self.recording.may_be_refused)
        return hear(self.came, hearing)

    def _turned(self, event: Event) -> Turn:
        typed = _BADGE_AND_PIN.fullmatch(self.came.keys)
        if typed and not self.caller.is_identified:
            return self._typed_ahead(typed[1], typed[2])
        return self._home(self._advance(self.before, event))

    def _typed_ahead(self, badge: str, pin: str) -> Turn:
        """Badge and PIN at once, before anybody asked for the one or the other: what would be asked is not said."""
        tries = self.before.top.memory.get("tries", 0) if self.before.top else 0
        claimed = self._advance(self.before, Started("identify", {"badge": badge, "tries": tries}, "claim"))
        hearing = CallHearing(catalogue(), claimed.conversation, self.caller, self.work.now)
        return self._home(self._advance(claimed.conversation, hear(replace(self.came, keys=pin), hearing)))

    def _home(self, turn: Turn) -> Turn:
        """A call does not rest: where a flow ended with nothing below it, the menu comes back."""
        if turn.waiting is not None or turn.leaves is not None or not self.caller.is_identified:
            return turn
        home = self._advance(turn.conversation, Started("call_menu", entry="again"))
        return replace(home, says=(*turn.says, *home.says), hand_offs=(*turn.hand_offs, *home.hand_offs))

    def _advance(self, conversation: Conversation, event: Event) -> Turn:
        return take_turn(
            catalogue(), conversation, event, self.work.now, self.caller, lambda text, _: Understood("nothing", text)
        )

    # The answer

    def _answer(self, turn: Turn, heard: Understood | None) -> SpokenAnswer:
        if isinstance(turn.leaves, PutThrough):
            return self._put_through(turn, heard=heard)
        self._keep_hand_offs(turn)
        said, language = render(turn.says, self._voice(turn.conversation)), turn.conversation.language
        question = question_of(catalogue(), turn.conversation, self.work.now)
        if question is None or isinstance(turn.leaves, HangingUp):
            end_call(self.work, self.line.department_id, self.row.id, "closed")
            return self._kept(turn.conversation, SpokenAnswer(said, language, "hang_up"), heard)
        listening = listening_at(catalogue(), turn.conversation, question)
        answer = SpokenAnswer(said, language, "listen", self._next_token(), listening)
        return self._kept(turn.conversation, answer, heard)

    def _say_again(self, heard: Understood) -> SpokenAnswer:
        """All of what was said last, and not the question alone: nobody can look it up."""
        told = answer_from_json(last_answer(self.work, self.line.department_id, self.row.id))
        return self._kept(self.before, replace(told, token=self._next_token()), heard)

    def _wait_for_quiet(self) -> SpokenAnswer:
        """A PIN is asked for as soon as nothing is recorded any more; what is keyed before is not looked at."""
        if self.came.keys:
            self.recording.spoil()
        if self.recording.is_open and self.recording.is_patience_over:
            wanted = HandOffWanted("recording_not_stopped", *self._place(self.before))
            return self._put_through(Turn(self.before, (), (wanted,), None, PutThrough()), "recording.stuck")
        told = last_answer(self.work, self.line.department_id, self.row.id)
        answer = answer_from_json(told["held"])
        return self._kept(self.before, replace(answer, token=self._next_token()), None)

    def _quiet(self, after: Conversation, answer: SpokenAnswer) -> SpokenAnswer:
        """The answer, once a PIN can be keyed to it unrecorded; where none is asked for, a recording may begin."""
        self.recording.keep_word(after.language)
        if answer.then != "listen":
            self.recording.end()
            return answer
        if not asks_for_secret(question_of(catalogue(), after, self.work.now)):
            self.recording.begin_if_wanted(after.language)
            return answer
        self.recording.end()
        if not self.recording.is_open:
            return answer
        said = "" if self.row.quieting else render_prompt("recording.moment", {}, self._voice(after))
        return SpokenAnswer(said, answer.language, "listen", answer.token, QUIETING, held=answer.to_json())

    def _put_through(self, turn: Turn, prompt: str = "", heard: Understood | None = None) -> SpokenAnswer:
        """To the queue for a person, with what the desk finds him by."""
        handed, is_urgent = self._keep_hand_offs(turn)
        move_call(self.work, self.line.department_id, self.row.id, "put_through")
        if self.row.direction == "out":
            note_put_through(self.work, self.row.sid)
        voice = self._voice(turn.conversation)
        said = render_prompt(prompt, {}, voice) if prompt else render(turn.says, voice)
        language = turn.conversation.language
        waiting_id = waiting.begin_waiting(
            self.work,
            self.line.department_id,
            self.row.id,
            handed,
            self.caller.person_id or self.caller.owner_id,
            self.row.from_number,
            language,
            urgent=is_urgent,
        )
        answer = self._queued(said, language, waiting_id)
        rings = tuple(each.number for each in all_desk_phones(self.work.conn))[:MOST_RUNG]
        if rings:
            answer = replace(answer, then="ring_desk", rings=rings)
        return self._kept(turn.conversation, answer, heard)

    def _queued(self, said: str, language: str, waiting_id: int) -> SpokenAnswer:
        name = f"{self.line.department_id}-{waiting_id}"
        return SpokenAnswer(said, language, "queue", self._next_token(), waiting=name)

    def _rung(self) -> SpokenAnswer:
        """The desk's telephones have rung: he has talked to a person, or waits for one in the line."""
        found = waiting.waiting_of(self.work, self.line.department_id, self.row.id)
        if found is None or found.state != "waiting":
            return self._talked()
        self._enter()
        said = render_prompt("waiting.hold_on", {}, self._voice(self.before))
        return self._kept(self.before, self._queued(said, self.before.language, found.id), None)

    def _leave_queue(self) -> SpokenAnswer:
        """He has talked to a person, chose another way while he waited, or nobody could take him."""
        found = waiting.waiting_of(self.work, self.line.department_id, self.row.id)
        if self.came.queue in TALKED or found is None or not self._enter():
            return self._talked()
        move_call(self.work, self.line.department_id, self.row.id, "come_back")
        return self._answer(self._home(self._advance(self.before, self._after_waiting(found))), None)

    def _after_waiting(self, found: Any) -> Event:
        if found.state == "left":
            return Started("call_menu", entry="again") if self.caller.is_identified else Started("identify")
        entry = {"wants_call": "call_back", "leaving_message": "begin_message"}.get(found.state, "")
        return Started("waiting", {"waiting": found.id}, entry)

    def _talked(self) -> SpokenAnswer:
        end_call(self.work, self.line.department_id, self.row.id, "closed")
        return self._kept(self.before, SpokenAnswer("", self.before.language, "hang_up"), None)

    def _keep_hand_offs(self, turn: Turn) -> tuple[str, bool]:
        """Writes them; returns the last one's department and id, and whether he goes before others."""
        if not turn.hand_offs:
            return "", False
        caller, handed = self.caller, ""
        home: int = self.line.department_id
        is_entered = caller.is_identified and hasattr(caller, "membership")
        department_id = caller.department.id if is_entered else home
        who = self._handed_over(turn)
        is_urgent = any(wanted.reason in ALARMS for wanted in turn.hand_offs) or goes_first(
            self.work, who.person_id or who.claimed_id
        )
        for wanted in turn.hand_offs:
            hand_off_id = hand_off(
                self.work,
                department_id,
                wanted.reason,
                who=who,
                urgent=is_urgent,
                flow=wanted.flow,
                step=wanted.step,
                owner=caller.owner_id,
                claimed=who.claimed_id,
                identified_by=who.identified_by,
                language=turn.conversation.language,
            )
            handed = f"{department_id}-{hand_off_id}"
        return handed, is_urgent

    def _handed_over(self, turn: Turn) -> HandedOver:
        """Who he has shown to be; else whose badge or number it was that he keyed a PIN for."""
        caller, language = self.caller, turn.conversation.language
        if caller.person_id is not None:
            return HandedOver(caller.person_id, None, caller.identified_by, language)
        frames = (*turn.conversation.frames, *self.before.frames)
        tried = next((frame.memory for frame in frames if len(frame.memory.get("persons", ())) == 1), {})
        claimed_id = tried["persons"][0] if tried else caller.owner_id
        is_badge = tried.get("by") == "badge_and_pin"
        return HandedOver(None, claimed_id, "badge_alone" if is_badge else None, language)

    def _kept(self, after: Conversation, answer: SpokenAnswer, heard: Understood | None) -> SpokenAnswer:
        answer = replace(self._quiet(after, answer), audio=audio_of(self.caller, after))
        flow, step = self._place(after)
        taken = TurnTaken(
            token=self.came.token,
            kind=self.came.kind,
            came_in=self._came_in(),
            understood=_told(heard),
            answer=answer.to_json(),
            flow=flow or None,
            step=step or None,
        )
        caller, quieting = self.caller, self.row.quieting + 1 if answer.held else 0
        standing = Standing(
            to_json(after), caller.person_id, caller.identified_by, after.language, caller.recording, quieting
        )
        save_call_turn(self.work, self.line.department_id, self.row.id, standing, taken)
        return answer

    def _came_in(self) -> dict[str, Any]:
        """What the carrier brought. Of what may be secret not even the number of digits is kept."""
        question = question_of(catalogue(), self.before, self.work.now)
        is_secret = self.row.identified_by is None or asks_for_secret(question)
        told: dict[str, Any] = dict(self.came.told)
        if self.came.keys:
            told["keys"] = MASK if is_secret else self.came.keys
        if self.came.speech:
            told |= {"speech": MASK if is_secret else self.came.speech, "confidence": self.came.confidence}
        return told

    def _next_token(self) -> str:
        return str(self.row.turns + 1)

    def _voice(self, conversation: Conversation) -> Voice:
        is_entered = self.caller.is_identified and hasattr(self.caller, "membership")
        zone = self.caller.department.zone if is_entered else _NOWHERE
        return voice_for(conversation.language, zone, "voice")

    def _place(self, conversation: Conversation) -> tuple[str, str]:
        return (conversation.top.flow, conversation.top.step) if conversation.top else ("", "")


def _told(heard: Understood | None) -> dict[str, Any]:
    """What the record keeps of an understanding: not its words, which may be a secret."""
    if heard is None:
        return {}
    full = {"kind": heard.kind, "command": heard.command, "slots": dict(heard.slots)}
    return {name: value for name, value in full.items() if value}
