"""The dialog engine: flows, a conversation and an event in; the next conversation and what to do about it out.

Pure. It knows no Flask, no Twilio, no Redis and no SQL, runs no verb and renders no word: `bot/dialog/runner.py`
does that around it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.dialog.conversation import Conversation
from bot.dialog.events import Advance, Event, Heard, Resting, Silence, Started, TimedOut, VerbEnded
from bot.dialog.questions import has_expired, is_current, standing
from bot.dialog.understanding.understood import INSTEAD, Understood
from bot.dialog.walk import EngineError, Walk
from flows.answers import YesNo
from flows.loading import Catalogue
from flows.steps import Do, Memory
from flows.system import LATE, MENU, NEAREST, NO_WAY_BACK, STRAY, UNCLEAR

TURNS_PER_CONVERSATION = 60
"""Turns until something is settled; beyond it the person is going in circles and wants a human."""
TRAIL_KEPT = 3
MISSES_TO_A_PERSON = 3

ASKS_BACK = frozenset({"drop", "why", "about", "crew"})
"""Commands that may be taken again with another code on a mere correction: they tell, or ask before they do."""
POINTED_OUT = frozenset({"signup", "list", "mine"})
"""As above, where a day is corrected: a sign-up that names no code is asked back."""


def advance(catalogue: Catalogue, conversation: Conversation, event: Event, now: datetime) -> Advance:
    """Walks from one event to the next wait, verb or rest. `now` is aware UTC."""
    walk = _Turn(catalogue, conversation, now, list(conversation.frames))
    if isinstance(event, VerbEnded):
        return walk.verb_ended(event)
    if isinstance(event, TimedOut) and event.turn != conversation.turn:
        return Advance(conversation, (), (), standing(catalogue, conversation))
    walk.begin_turn()
    return walk.take(event)


@dataclass(slots=True)
class _Turn(Walk):
    """One advance under way: what happened decides where the walk goes on. Lives for a single call of `advance`."""

    def begin_turn(self) -> None:
        """Counts the turn; what was fenced by an earlier one is stale from here on."""
        turn, turns_open = self.conversation.turn + 1, self.conversation.turns_open + 1
        self.conversation = replace(self.conversation, turn=turn, turns_open=turns_open, steps_taken=0)

    def verb_ended(self, event: VerbEnded) -> Advance:
        """Goes on where the verb's outcome leads."""
        step = self._step() if self.frames else None
        if not isinstance(step, Do) or event.outcome not in step.then:
            raise EngineError(f"no verb was asked for that ends {event.outcome}")
        top = self.frames[-1]
        acted = top.acted or step.verb.acts
        self._set_top(memory={**top.memory, **event.values}, acted=acted, trail=() if acted else top.trail)
        return self._go(step.then[event.outcome])

    def take(self, event: Event) -> Advance:
        """Takes what the person, the clock or one of our own duties did."""
        if isinstance(event, Started):
            return self._start(self._flow(event.flow), event.values, event.entry)
        if isinstance(event, Heard):
            return self._heard(event.understood)
        if not self.frames:
            return self._finish(Resting())
        if not is_current(self.catalogue, self.frames[-1]):
            return self._realign()
        return self._silence() if isinstance(event, Silence) else self._timed_out()

    # What was heard

    def _heard(self, heard: Understood) -> Advance:
        exceeded = self._budget_exceeded(heard)
        if exceeded:
            return self._overrun(exceeded)
        if heard.nearest == INSTEAD:
            heard = self._instead(heard)
        if heard.kind == "command":
            return self._command(heard)
        return self._reply(heard) if self.frames else self._out_of_the_blue(heard)

    def _budget_exceeded(self, heard: Understood) -> str:
        if heard.urgent:
            return ""
        if self.conversation.turns_open > TURNS_PER_CONVERSATION:
            return "too_many_turns"
        return "answer_too_long" if heard.kind == "too_long" else ""

    def _reply(self, heard: Understood) -> Advance:
        if has_expired(self.frames[-1], self.now):
            self.frames.clear()
            return self._finish(Resting(), say=LATE)
        if not is_current(self.catalogue, self.frames[-1]):
            return self._realign()
        if heard.kind == "more":
            return self._next_page()
        if heard.kind == "answer":
            return self._answer(heard)
        if self.frames[-1].flow == NEAREST:  # A guess that was wrong is no question that stands.
            self.frames.clear()
            return self._out_of_the_blue(heard)
        near = self._near_entry(heard) if self._is_home(self.frames[-1]) else ""
        return self._start_near(heard, near) if near else self._nonsense()

    def _instead(self, heard: Understood) -> Understood:
        """ "no i meant 4851": the deed of the turn before, where that only tells or asks back; else its exact words."""
        last = self.conversation.last
        if last in ASKS_BACK or (last in POINTED_OUT and "date" in heard.slots):
            return replace(heard, kind="command", command=last, nearest="")
        if "codes" in heard.slots and not last:
            return replace(heard, kind="command", command="about", nearest="")
        return replace(heard, nearest=last)

    def _command(self, heard: Understood) -> Advance:
        again = heard.command == "courtesy" and self.conversation.last == "courtesy"
        last = heard.command.removeprefix("sure_")
        self.conversation = replace(self.conversation, misses=0, last=last)
        if self.frames and has_expired(self.frames[-1], self.now):
            self.frames.clear()
        flow = self.catalogue.flow_for(heard.command)
        if flow is None:
            return self._back() if heard.command == "back" else self._repeat()
        return self._start(flow, {**heard.slots, "command": heard.command, **({"again": True} if again else {})})

    def _out_of_the_blue(self, heard: Understood) -> Advance:
        if heard.kind in ("stray", "answer", "more"):
            return self._start(self._flow(STRAY), {})
        entry = ("first", "second", "third")[self.conversation.misses % MISSES_TO_A_PERSON]
        missed = (self.conversation.misses + 1) % MISSES_TO_A_PERSON
        self.conversation = replace(self.conversation, misses=missed)
        near = self._near_entry(heard) if missed else ""
        return self._start_near(heard, near) if near else self._start(self._flow(UNCLEAR), {}, entry)

    def _start_near(self, heard: Understood, near: str) -> Advance:
        """What may have been meant is named with its exact words."""
        said = heard.slots.get("codes", [])
        told = {"command": heard.nearest, **({"codes": said, "code": said[0]} if said else {})}
        return self._start(self._flow(NEAREST), told, near)

    def _near_entry(self, heard: Understood) -> str:
        """Where what comes near a command is named; empty when nothing is near, or several codes were said."""
        flow, codes = self.catalogue.flows.get(NEAREST), heard.slots.get("codes", [])
        entry = f"{heard.nearest}_code" if codes else heard.nearest
        return entry if flow and len(codes) <= 1 and entry in (flow.start, *flow.entries) else ""

    def _answer(self, heard: Understood) -> Advance:
        self.conversation = replace(self.conversation, misses=0)
        top, ask = self.frames[-1], self._ask()
        answer = ask.answers[heard.answer]
        learnt: Memory = {} if isinstance(answer, YesNo) else {answer.into: heard.value}
        trail = (*top.trail, (top.step, top.memory))[-TRAIL_KEPT:]
        self._set_top(memory={**top.memory, **learnt}, trail=() if top.acted else trail)
        return self._go(heard.then)

    def _next_page(self) -> Advance:
        self._set_top(page=self.frames[-1].page + 1)
        return self._ask_again()

    def _back(self) -> Advance:
        if not self.frames:
            return self._start(self._flow(MENU), {})
        top = self.frames[-1]
        if top.trail:
            step, memory = top.trail[-1]
            self._set_top(memory=memory, trail=top.trail[:-1])
            return self._go(step)
        if len(self.frames) > 1 and self._is_home(self.frames[-2]):
            self.frames.pop()
            return self._come_back()
        return self._ask_again(NO_WAY_BACK)

    def _repeat(self) -> Advance:
        return self._ask_again() if self.frames else self._start(self._flow(MENU), {})

    # Misses

    def _nonsense(self) -> Advance:
        misses = self.frames[-1].misses + 1
        self._set_top(misses=misses)
        return self._missed(misses, self._exits().nonsense)

    def _silence(self) -> Advance:
        silences = self.frames[-1].silences + 1
        self._set_top(silences=silences)
        return self._missed(silences, self._exits().silence)

    def _missed(self, count: int, prompts: tuple[str, str]) -> Advance:
        if count >= MISSES_TO_A_PERSON:
            return self._go(self._exits().too_many)
        if self._exits().repeats:
            return self._ask_again(prompts[count - 1])
        self._say_question(prompts[count - 1])
        return self._wait()

    def _timed_out(self) -> Advance:
        return self._go(self._exits().on_time_out)
