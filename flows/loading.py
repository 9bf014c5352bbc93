"""Turns checked flows into the catalogue that the engine and the understanding look things up in."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flows.checking import check
from flows.steps import Ask, Command, Flow, revision_of
from flows.system import NAVIGATION


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All flows, found by name, by command, and by the state a conversation was left in."""

    flows: Mapping[str, Flow]
    revisions: Mapping[str, str]
    questions: Mapping[tuple[str, str], str]
    commands: Mapping[str, Command]
    flow_of_command: Mapping[str, Flow]
    bare: Mapping[str, str]

    def flow_for(self, command: str) -> Flow | None:
        """The flow a command starts; None for the engine's own commands."""
        return self.flow_of_command.get(command)


def load(flows: Iterable[Flow], text_of: Callable[[str], str | None]) -> Catalogue:
    """Checks the flows against each other and the prompts, and indexes them; raises `FlowError` on the first gap.

    `text_of` gives the wording of a prompt key, or None where there is none.
    """
    kept = tuple(flows)
    check(kept, text_of)
    owners = {command.name: flow for flow in kept for command in flow.commands}
    commands = {command.name: command for flow in kept for command in flow.commands}
    return Catalogue(
        flows={flow.name: flow for flow in kept},
        revisions={flow.name: revision_of(flow) for flow in kept},
        questions={
            (flow.name, name): _question_hash(step)
            for flow in kept
            for name, step in flow.steps.items()
            if isinstance(step, Ask)
        },
        commands={**commands, **{command.name: command for command in NAVIGATION}},
        flow_of_command=owners,
        bare={command.bare: command.name for command in commands.values() if command.bare},
    )


def _question_hash(ask: Ask) -> str:
    """Two questions with the same hash can take each other's answers."""
    return hashlib.sha256(repr((ask.prompt, ask.answers)).encode()).hexdigest()[:8]
