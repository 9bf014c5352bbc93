"""The dialog engine: flows, a conversation and an event in; the next conversation and what to do about it out.

Pure. It knows no Flask, no Twilio, no Redis and no SQL, runs no verb and renders no word: `bot/dialog/runner.py`
does that around it.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.dialog.conversation import Conversation, Frame
from bot.dialog.events import (
    Advance,
    Event,
    HandOffWanted,
    HangingUp,
    Heard,
    Line,
    Next,
    PutThrough,
    ReadAgain,
    Resting,
    RunVerb,
    Silence,
    Started,
    TimedOut,
    VerbEnded,
    Waiting,
)
from bot.dialog.questions import has_expired, is_current, page_values, standing
from bot.dialog.understanding.understood import Understood
from flows.answers import YesNo
from flows.loading import Catalogue
from flows.steps import (
    END,
    Ask,
    Do,
    Exits,
    Flow,
    Follow,
    HandOff,
    HangUp,
    Jump,
    Memory,
    Say,
    SettleDepartment,
    Step,
    SwitchLanguage,
)
from flows.system import BRIDGE, LATE, LOST_PLACE, MENU, NEAREST, NO_WAY_BACK, OVERRUN, RESTARTED, STRAY, UNCLEAR

STEPS_PER_TURN = 50
"""More than any flow needs between two answers; reached only by a flow that runs in a circle."""
TURNS_PER_CONVERSATION = 60
"""Turns until something is settled; beyond it the person is going in circles and wants a human."""
FRAMES_DEEP = 4
TRAIL_KEPT = 3
MISSES_TO_A_PERSON = 3


class EngineError(Exception):
    """The runner broke the protocol: it reported a verb that was not asked for, or started a flow that is not there."""


def advance(catalogue: Catalogue, conversation: Conversation, event: Event, now: datetime) -> Advance:
    """Walks from one event to the next wait, verb or rest. `now` is aware UTC."""
    walk = _Walk(catalogue, conversation, now, list(conversation.frames))
    if isinstance(event, VerbEnded):
        return walk.verb_ended(event)
    if isinstance(event, TimedOut) and event.turn != conversation.turn:
        return Advance(conversation, (), (), standing(catalogue, conversation))
    walk.begin_turn()
    return walk.take(event)


@dataclass(slots=True)
class _Walk:
    """One advance under way. Lives for a single call of `advance` and is never seen outside."""

    catalogue: Catalogue
    conversation: Conversation
    now: datetime
    frames: list[Frame]
    says: list[Line] = field(default_factory=list)
    hand_offs: list[HandOffWanted] = field(default_factory=list)

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

    def _command(self, heard: Understood) -> Advance:
        self.conversation = replace(self.conversation, misses=0)
        if self.frames and has_expired(self.frames[-1], self.now):
            self.frames.clear()
        flow = self.catalogue.flow_for(heard.command)
        if flow is None:
            return self._back() if heard.command == "back" else self._repeat()
        return self._start(flow, {**heard.slots, "command": heard.command})

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

    def _overrun(self, reason: str) -> Advance:
        """A named failure, with a person at the end of it."""
        flow, step = (self.frames[-1].flow, self.frames[-1].step) if self.frames else ("", "")
        self.frames.clear()
        self.hand_offs.append(HandOffWanted(reason, flow, step))
        return self._finish(PutThrough() if self._is_call else Resting(), say=OVERRUN)

    # Walking

    def _start(self, flow: Flow, values: Memory, entry: str = "") -> Advance:
        frame = Frame(
            flow=flow.name,
            revision=self.catalogue.revisions[flow.name],
            step=entry or flow.start,
            memory=values,
            began_with=values,
        )
        home = self.frames[0] if self.frames and self._is_home(self.frames[0]) else None
        if home and home.flow == flow.name:
            frame, home = replace(frame, memory={**home.memory, **values}), None
        if flow.manner == "ordinary" or len(self.frames) >= FRAMES_DEEP:
            self.frames[:] = [home] if home else []
        self.frames.append(frame)
        return self._run()

    def _go(self, name: str) -> Advance:
        if name == END:
            return self._end_flow()
        self._set_top(step=name, misses=0, silences=0, page=0, expires_at=None, question="")
        return self._run()

    def _run(self) -> Advance:
        taken = self.conversation.steps_taken + 1
        self.conversation = replace(self.conversation, steps_taken=taken)
        if taken > STEPS_PER_TURN:
            return self._overrun("too_many_steps")
        return self._perform(self._step())

    def _perform(self, step: Step) -> Advance:
        if isinstance(step, Ask):
            return self._ask_again()
        if isinstance(step, Do):
            return self._finish(RunVerb(step.verb, self.frames[-1].memory))
        if isinstance(step, Say):
            self._say(step.prompt)
            return self._go(step.then)
        if isinstance(step, HandOff):
            return self._hand_off(step)
        if isinstance(step, SwitchLanguage):
            return self._switch_language(step)
        return self._settle(step) if isinstance(step, SettleDepartment) else self._leave_flow(step)

    def _leave_flow(self, step: Jump | Follow | HangUp) -> Advance:
        if isinstance(step, HangUp):
            self._say(step.prompt)
            self.frames.clear()
            return self._finish(HangingUp())
        return self._jump(step) if isinstance(step, Jump) else self._follow(step)

    def _hand_off(self, step: HandOff) -> Advance:
        self.hand_offs.append(HandOffWanted(step.reason, *self._interrupted()))
        if step.prompt:
            self._say(step.prompt)
        if self._is_call and not step.can_wait:
            return self._finish(PutThrough())
        return self._go(step.then)

    def _interrupted(self) -> tuple[str, str]:
        """What the person was doing: the question below an aside, else the flow that hands off itself."""
        top = self.frames[-2] if len(self.frames) > 1 else self.frames[-1]
        return top.flow, top.step

    def _jump(self, step: Jump) -> Advance:
        flow, top = self._flow(step.flow), self.frames[-1]
        if flow.comes_back:  # Home begins anew: nothing of what led there is needed, or in its way.
            self.frames.clear()
            return self._start(flow, {})
        self.frames[-1] = replace(
            top,
            flow=flow.name,
            revision=self.catalogue.revisions[flow.name],
            began_with=top.memory,
            trail=(),
        )
        return self._go(step.entry or flow.start)

    def _follow(self, step: Follow) -> Advance:
        memory = self.frames[-1].memory
        command, codes = str(memory[step.command]), memory.get("codes")
        flow = self.catalogue.flow_for(command)
        if flow is None:
            raise EngineError(f"no flow has the command {command}")
        if not self._is_home(self.frames[-1]):
            self.frames.pop()
        said = {**memory.get("heard", {}), **({"codes": codes} if codes else {})}
        return self._start(flow, {**said, "command": command})

    def _switch_language(self, step: SwitchLanguage) -> Advance:
        language = str(self.frames[-1].memory[step.language])
        self.conversation = replace(self.conversation, language=language)
        return self._go(step.then)

    def _settle(self, step: SettleDepartment) -> Advance:
        memory, until = self.frames[-1].memory, self.now + timedelta(hours=step.hours)
        self.conversation = replace(
            self.conversation, department_id=int(memory[step.department]), department_until=until
        )
        if not step.text:
            return self._go(step.then)
        self.frames.pop()
        return self._finish(ReadAgain(str(memory[step.text])))

    def _end_flow(self) -> Advance:
        ended = self.catalogue.flows[self.frames.pop().flow]
        if not self.frames:
            return self._finish(Resting())
        if self._is_home(self.frames[-1]):
            return self._come_back()
        if not is_current(self.catalogue, self.frames[-1]):
            return self._realign()
        if ended.manner == "aside" and not self._is_call:
            return self._finish(standing(self.catalogue, replace(self.conversation, frames=tuple(self.frames))))
        return self._ask_again(BRIDGE)

    def _come_back(self) -> Advance:
        """Home again, at the step it has for that; what was gone back to before does not matter any more."""
        self._set_top(trail=())
        return self._go(self.catalogue.flows[self.frames[-1].flow].comes_back)

    def _realign(self) -> Advance:
        """The policy for a revision that is gone: ask from the beginning, unless the flow has already acted."""
        top = self.frames.pop()
        flow = self.catalogue.flows.get(top.flow)
        if flow is None or top.acted:
            self.frames.clear()
            return self._finish(Resting(), say=LOST_PLACE)
        self._say(RESTARTED)
        return self._start(flow, top.began_with)

    def _ask_again(self, lead: str = "") -> Advance:
        if lead:
            self._say(lead)
        self._say_question(self._ask().prompt)
        return self._wait()

    def _say_question(self, prompt: str) -> None:
        top = self.frames[-1]
        self.says.append(Line(prompt, {**top.memory, **page_values(self._ask(), top, self.conversation.channel)}))

    def _wait(self) -> Advance:
        top, ask = self.frames[-1], self._ask()
        expires_at = self.now + ask.wait.expires
        question = self.catalogue.questions[top.flow, top.step]
        revision = self.catalogue.revisions[top.flow]
        self._set_top(expires_at=expires_at, question=question, revision=revision)
        speaks_up = self._exits().on_time_out != END
        time_out_at = self.now + ask.wait.time_out if speaks_up else None
        return self._finish(Waiting(self.conversation.turn, time_out_at, expires_at))

    def _finish(self, what: Next, say: str = "") -> Advance:
        if say:
            self.says.append(Line(say, {}))
        turns_open = 0 if isinstance(what, Resting) else self.conversation.turns_open
        conversation = replace(self.conversation, frames=tuple(self.frames), turns_open=turns_open)
        return Advance(conversation, tuple(self.says), tuple(self.hand_offs), what)

    # Looking things up

    @property
    def _is_call(self) -> bool:
        return self.conversation.channel == "voice"

    def _is_home(self, frame: Frame) -> bool:
        flow = self.catalogue.flows.get(frame.flow)
        return flow is not None and bool(flow.comes_back)

    def _say(self, prompt: str) -> None:
        self.says.append(Line(prompt, self.frames[-1].memory if self.frames else {}))

    def _set_top(self, **changes: Any) -> None:
        self.frames[-1] = replace(self.frames[-1], **changes)

    def _flow(self, name: str) -> Flow:
        flow = self.catalogue.flows.get(name)
        if flow is None:
            raise EngineError(f"there is no flow {name}")
        return flow

    def _step(self) -> Step:
        top = self.frames[-1]
        return self.catalogue.flows[top.flow].steps[top.step]

    def _ask(self) -> Ask:
        step = self._step()
        if not isinstance(step, Ask):
            raise EngineError(f"{self.frames[-1].flow} does not stand at a question")
        return step

    def _exits(self) -> Exits:
        exits = self.catalogue.flows[self.frames[-1].flow].exits_of(self._ask())
        if exits is None:
            raise EngineError(f"{self.frames[-1].flow} asks without exits")
        return exits
