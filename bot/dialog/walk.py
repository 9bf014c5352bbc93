"""A walk through a conversation's flows: from step to step, into flows and out of them, until it waits or rests.

What was heard, and what it means for the walk, is the business of `bot/dialog/engine.py`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.dialog.conversation import Conversation, Frame
from bot.dialog.events import (
    Advance,
    HandOffWanted,
    HangingUp,
    Line,
    Next,
    PutThrough,
    ReadAgain,
    Resting,
    RunVerb,
    Waiting,
)
from bot.dialog.questions import is_current, page_values, standing
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
from flows.system import BRIDGE, LOST_PLACE, OVERRUN, RESTARTED

STEPS_PER_TURN = 50
"""More than any flow needs between two answers; reached only by a flow that runs in a circle."""
FRAMES_DEEP = 4


class EngineError(Exception):
    """The runner broke the protocol: it reported a verb that was not asked for, or started a flow that is not there."""


@dataclass(slots=True)
class Walk:
    """Where a conversation stands while it is walked, and what is to be said and done about it by the end."""

    catalogue: Catalogue
    conversation: Conversation
    now: datetime
    frames: list[Frame]
    says: list[Line] = field(default_factory=list)
    hand_offs: list[HandOffWanted] = field(default_factory=list)

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

    def _overrun(self, reason: str) -> Advance:
        """A named failure, with a person at the end of it."""
        flow, step = (self.frames[-1].flow, self.frames[-1].step) if self.frames else ("", "")
        self.frames.clear()
        self.hand_offs.append(HandOffWanted(reason, flow, step))
        return self._finish(PutThrough() if self._is_call else Resting(), say=OVERRUN)

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
