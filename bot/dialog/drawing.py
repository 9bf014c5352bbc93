"""Flows drawn from their own data, as Mermaid flowcharts, so that a drawing cannot tell another story than the line."""

from collections.abc import Iterable, Iterator
from importlib import import_module

from flows.answers import Answer, AnyKey, Choice, Code, Digits, Number, Pin, Recording, Text, Time, YesNo, steps_after
from flows.steps import (
    END,
    Ask,
    Do,
    Flow,
    Follow,
    HandOff,
    HangUp,
    Jump,
    Say,
    SettleDepartment,
    Step,
    SwitchLanguage,
)

HEAD = """\
# Every conversation, drawn

Made from the flows by `dutyline flows draw`; do not edit it by hand. A box says something, a rhombus asks, a rounded
box does something in the records, a double one hands the matter to a person. What stands on an arrow is the answer, or
how the deed came out. A question also has its exits: nonsense and silence twice, then a person.
"""


def page(flows: Iterable[Flow]) -> str:
    """The whole page: a heading, a sentence and a drawing for each flow."""
    return "\n".join([HEAD, *(section(flow) for flow in flows)])


def section(flow: Flow) -> str:
    """A flow's part of the page."""
    return f"## {flow.name}\n\n{_about(flow)}\n\n```mermaid\n{diagram(flow)}\n```\n"


def diagram(flow: Flow) -> str:
    """The flowchart alone."""
    lines = ["flowchart TD", *(f"    in_{entry}(( )) --> {_node(entry)}" for entry in flow.begins_at)]
    for name, step in flow.steps.items():
        lines.append(f"    {_node(name)}{_shape(name, step)}")
        lines += [_arrow(name, label, follower) for label, follower in _arrows(flow, step)]
    return "\n".join(lines)


def _about(flow: Flow) -> str:
    return (import_module(f"flows.{flow.name}").__doc__ or "").strip().splitlines()[0]


def _node(name: str) -> str:
    """Mermaid keeps some words to itself."""
    return f"step_{name}"


def _shape(name: str, step: Step) -> str:
    if isinstance(step, Ask):
        return f'{{"{step.prompt}"}}'
    if isinstance(step, Say):
        return f'["{step.prompt}"]'
    if isinstance(step, HandOff):
        return f'[["a person: {step.reason}"]]'
    if isinstance(step, Jump | Follow | HangUp):
        return _way_out(step)
    return f'("{step.verb.name.removeprefix("flows.")}")' if isinstance(step, Do) else f'("{name}")'


def _way_out(step: Jump | Follow | HangUp) -> str:
    if isinstance(step, HangUp):
        return f'[/"{step.prompt}, and hangs up"/]'
    return f'>"on in {step.flow}"]' if isinstance(step, Jump) else '>"what was chosen, and then back here"]'


def _arrows(flow: Flow, step: Step) -> Iterator[tuple[str, str]]:
    """What leads on from a step, as (label, next step)."""
    if isinstance(step, Do):
        yield from step.then.items()
    if isinstance(step, Say | HandOff | SwitchLanguage) and step.then != END:
        yield "", step.then
    if isinstance(step, SettleDepartment):
        yield ("the text is read again", END) if step.text else ("", step.then)
    if isinstance(step, Ask):
        yield from _after_question(flow, step)


def _after_question(flow: Flow, ask: Ask) -> Iterator[tuple[str, str]]:
    for answer in ask.answers:
        yield from _after_answer(answer)
    exits = flow.exits_of(ask)
    if exits is not None:
        yield "no answer in time", exits.on_time_out
        yield "third miss", exits.too_many


def _after_answer(answer: Answer) -> Iterator[tuple[str, str]]:
    if isinstance(answer, YesNo):
        yield "yes", answer.yes
        yield "no", answer.no
    elif isinstance(answer, Choice) and any(option.then for option in answer.options):
        yield from ((f"{option.digit} {option.value}", option.then or answer.then) for option in answer.options)
    else:
        yield _named(answer), steps_after(answer)[-1]


def _named(answer: Answer) -> str:
    if isinstance(answer, Code):
        return f"{answer.letter} and the code"
    if isinstance(answer, Choice):
        return "a number of the list" if answer.listed else "a choice"
    return _NAMED[type(answer)]


_NAMED = {
    Number: "a number",
    Time: "a time",
    Text: "any text",
    Pin: "his PIN",
    Digits: "digits",
    AnyKey: "any key",
    Recording: "what he says after the tone",
}


def _arrow(name: str, label: str, follower: str) -> str:
    target = "done((end))" if follower == END else _node(follower)
    return f'    {_node(name)} -->|"{label}"| {target}' if label else f"    {_node(name)} --> {target}"
