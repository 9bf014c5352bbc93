"""Tells a play as it goes, for people: what time it is, who texts what, who gets what, and what is being shown."""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.transcripts.playing import ACTIONS, Sent, Stage, StageError, filled, matches
from bot.transcripts.script import (
    Expectation,
    Fault,
    Gets,
    GetsNothing,
    MoreMessages,
    Note,
    OnPhone,
    Presses,
    Record,
    Transcript,
)
from bot.transcripts.voice_lines import written

WIDTH = 110
NAME_WIDTH = 24


@dataclass(slots=True)
class Scene:
    """One thing that happens, the notes that lead to it, and what should come of it."""

    notes: list[str] = field(default_factory=list)
    expected: list[Expectation] = field(default_factory=list)


def scenes_of(transcript: Transcript) -> list[Scene]:
    """The scenes of a transcript; the first has no action. Notes below a scene's last expectation lead to the next."""
    scenes, notes = [Scene()], []
    for step in transcript.steps:
        if isinstance(step, Note):
            notes.append(step.text.removeprefix("#").strip())
        elif isinstance(step, ACTIONS):
            scenes.append(Scene(notes))
            notes = []
        else:
            scenes[-1].expected.append(step)
    scenes.append(Scene(notes))
    return scenes


class Teller:
    """A stage that tells what happens on another, line by line, to `echo`. See bot.transcripts.playing.Stage."""

    def __init__(self, stage: Stage, transcript: Transcript, echo: Callable[[str], object]) -> None:
        self._stage = stage
        self._echo = echo
        self._zone = ZoneInfo(transcript.zone)
        self._scenes = scenes_of(transcript)
        self._at = 0
        self._tell_time(transcript.starts_at)

    def number_of(self, who: str) -> str:
        return self._stage.number_of(who)

    def line_of(self, department: str, who: str) -> str:
        return self._stage.line_of(department, who)

    def name_of(self, number: str) -> str:
        return self._stage.name_of(number)

    def codes(self) -> Mapping[str, str]:
        return self._stage.codes()

    def text(self, from_number: str, to_line: str, body: str, *, picture: bool = False) -> None:
        self._tell_notes()
        self._say(f"{self.name_of(from_number)} {'sends a picture' if picture else 'texts'}", body)
        self._stage.text(from_number, to_line, body, picture=picture)

    def settle_request(self, number: str, badge: str) -> None:
        self._tell_notes()
        self._echo(f"{'The office':>{NAME_WIDTH}} | {f'enrols {number} as {badge}' if badge else f'refuses {number}'}")
        self._stage.settle_request(number, badge)

    def order_officers(self, code: str, count: int) -> None:
        self._tell_notes()
        self._echo(f"{'The office':>{NAME_WIDTH}} | orders {count} officers for {code}")
        self._stage.order_officers(code, count)

    def on_phone(self, act: OnPhone, said: str) -> None:
        self._tell_notes()
        done = written(act).removeprefix(act.who).strip()
        self._say(act.who, f"presses {self._filled(act.keys)}" if isinstance(act, Presses) else done)
        self._stage.on_phone(act, said)

    def heard_on_phone(self) -> Mapping[str, str]:
        heard = self._stage.heard_on_phone()
        for who, words in heard.items():
            self._say(f"  {who} hears", words)
        return heard

    def advance(self, to: datetime) -> None:
        self._tell_notes()
        self._tell_time(to)
        self._stage.advance(to)

    def messages(self) -> Sequence[Sent]:
        """The scene is over: tell what came of it. The records follow, and then the notes that lead to the next."""
        arrived = self._stage.messages()
        scene, codes = self._scenes[self._at], self.codes()
        told = [sent for sent in arrived if self._is_told(scene, sent, codes)]
        for sent in told:
            self._say(f"  {self.name_of(sent.to)} gets{' mail' if sent.by_mail else ''}", sent.body)
        if len(arrived) > len(told):
            self._echo(f"{'':{NAME_WIDTH}}   (and {len(arrived) - len(told)} more texts of this kind, to others)")
        for step in scene.expected:
            if isinstance(step, GetsNothing) and not any(self.name_of(sent.to) == step.who for sent in arrived):
                self._echo(f"{'':{NAME_WIDTH}}   ({step.who} gets nothing)")
        self._at += 1
        return arrived

    def fault(self, fault: Fault) -> None:
        self._tell_notes()
        self._echo(f"{'The carrier':>{NAME_WIDTH}} | {fault.said.removeprefix('carrier:').strip()}")
        self._stage.fault(fault)

    def records(self, record: Record) -> Sequence[str]:
        found = self._stage.records(record)
        stands = not found if record.absent else record.state in found
        said = record.said.removeprefix("record:").strip()
        self._echo(f"{'':{NAME_WIDTH}}   [on record{'' if stands else ', AND IT DIFFERS'}: {self._filled(said)}]")
        return found

    def _is_told(self, scene: Scene, sent: Sent, codes: Mapping[str, str]) -> bool:
        """Where a scene allows other texts than it names, those are counted only."""
        if not any(isinstance(step, MoreMessages) for step in scene.expected):
            return True
        gets = [step for step in scene.expected if isinstance(step, Gets)]
        return any(self._fits(step, sent, codes) for step in gets)

    def _fits(self, step: Gets, sent: Sent, codes: Mapping[str, str]) -> bool:
        try:
            is_his = self.number_of(step.who) == sent.to and step.by_mail == sent.by_mail
            return is_his and matches(filled(step.body, codes), sent.body)
        except StageError:
            return False

    def _filled(self, text: str) -> str:
        try:
            return filled(text, self.codes())
        except StageError:
            return text

    def _tell_time(self, at: datetime) -> None:
        local = at.astimezone(self._zone)
        heading = f"{local:%A %B} {local.day} {local.year}, {local:%I:%M %p}".replace(", 0", ", ")
        self._echo(f"\n-- {heading} {'-' * (WIDTH - len(heading) - 4)}")

    def _tell_notes(self) -> None:
        paragraph = " ".join(note for note in self._scenes[self._at].notes if note)
        if paragraph:
            self._echo("")
            self._echo(textwrap.fill(paragraph, WIDTH, initial_indent="* ", subsequent_indent="  "))

    def _say(self, who: str, body: str) -> None:
        lines = [part for line in body.split("\n") for part in textwrap.wrap(line, WIDTH - NAME_WIDTH - 3) or [""]]
        for place, line in enumerate(lines):
            self._echo(f"{who if place == 0 else '':>{NAME_WIDTH}} | {line}")
