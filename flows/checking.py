"""Refuses flows with a gap in them: every question has its exits, every step is reached, every word is free."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from flows.answers import AnyKey, Choice, Option, Pin, Recording, Text, steps_after
from flows.steps import (
    END,
    Ask,
    Command,
    Do,
    Exits,
    Flow,
    HandOff,
    HangUp,
    Jump,
    Say,
    SettleDepartment,
    Step,
    SwitchLanguage,
)
from flows.system import CARRIER_WORDS, NAVIGATION, PROMPTS

TextOf = Callable[[str], str | None]


class FlowError(Exception):
    """A flow that must not be loaded; the message names the flow, the step and what is wrong."""

    def __init__(self, flow: str, step: str, problem: str) -> None:
        super().__init__(f"flow {flow}, step {step}: {problem}" if step else f"flow {flow}: {problem}")
        self.flow = flow
        self.step = step


def check(flows: Sequence[Flow], text_of: TextOf) -> None:
    """Raises `FlowError` for the first thing that is wrong; returns when all flows can be walked to an end."""
    found = gaps(flows, text_of)
    if found:
        raise found[0]


def gaps(flows: Sequence[Flow], text_of: TextOf) -> list[FlowError]:
    """What is wrong: the first gap of each flow, and the first clash of words between them."""
    names = [flow.name for flow in flows]
    checks: list[Callable[[], None]] = [lambda: _check_system(text_of)]
    checks += [partial(_check_flow, flow, names, text_of) for flow in flows]
    checks += [lambda: _check_jumps(flows), lambda: _check_commands(flows)]
    return [found for found in map(_caught, checks) if found is not None]


def _caught(look: Callable[[], None]) -> FlowError | None:
    try:
        look()
    except FlowError as gap:
        return gap
    return None


def _check_system(text_of: TextOf) -> None:
    for prompt in PROMPTS:
        _prompt_exists("system", "", prompt, text_of)


def followers(flow: Flow, step: Step) -> tuple[str, ...]:
    """The names of the steps that can come next, exits included."""
    if isinstance(step, Ask):
        exits = flow.exits_of(step)
        beyond = (exits.on_time_out, exits.too_many) if exits else ()
        return (*(name for answer in step.answers for name in steps_after(answer)), *beyond)
    if isinstance(step, Do):
        return tuple(step.then.values())
    if isinstance(step, SettleDepartment):
        return () if step.text else (step.then,)
    if isinstance(step, Say | HandOff | SwitchLanguage):
        return (step.then,)
    return ()


def _check_flow(flow: Flow, names: Sequence[str], text_of: TextOf) -> None:
    if names.count(flow.name) > 1:
        raise FlowError(flow.name, "", "two flows have this name")
    for entry in flow.begins_at:
        if entry not in flow.steps:
            raise FlowError(flow.name, entry, "the flow starts here but there is no such step")
    for name, step in flow.steps.items():
        for follower in followers(flow, step):
            if follower != END and follower not in flow.steps:
                raise FlowError(flow.name, name, f"leads to {follower}, which is no step")
        _check_step(flow, name, step, names, text_of)
    _check_reachable(flow)


def _check_step(flow: Flow, name: str, step: Step, names: Sequence[str], text_of: TextOf) -> None:
    if isinstance(step, Say | Ask | HangUp) or (isinstance(step, HandOff) and step.prompt):
        _prompt_exists(flow.name, name, step.prompt, text_of)
    if isinstance(step, Ask):
        _check_ask(flow, name, step, text_of)
    if isinstance(step, Do):
        _check_do(flow, name, step)
    if isinstance(step, Jump) and step.flow not in names:
        raise FlowError(flow.name, name, f"jumps to {step.flow}, which is no flow")
    if isinstance(step, HandOff) and not step.reason:
        raise FlowError(flow.name, name, "hands off without a reason")


def _check_jumps(flows: Iterable[Flow]) -> None:
    entries = {flow.name: flow.begins_at for flow in flows}
    for flow in flows:
        for name, step in flow.steps.items():
            if isinstance(step, Jump) and step.entry and step.entry not in entries.get(step.flow, ()):
                raise FlowError(flow.name, name, f"jumps into {step.flow} at {step.entry}, which is no entry of it")


def _check_do(flow: Flow, name: str, step: Do) -> None:
    for outcome in step.verb.outcomes:
        if outcome not in step.then:
            raise FlowError(flow.name, name, f"does not say what follows when {step.verb.name} ends {outcome}")
    for outcome in step.then:
        if outcome not in step.verb.outcomes:
            raise FlowError(flow.name, name, f"waits for {outcome}, which {step.verb.name} never ends with")


def _check_ask(flow: Flow, name: str, ask: Ask, text_of: TextOf) -> None:
    exits = flow.exits_of(ask)
    if exits is None:
        raise FlowError(flow.name, name, "asks without exits for nonsense, silence and time-out")
    if not ask.answers:
        raise FlowError(flow.name, name, "asks but takes no answer")
    if ask.wait.time_out >= ask.wait.expires:
        raise FlowError(flow.name, name, "expires before its time-out")
    _check_exits(flow, name, ask, exits, text_of)
    if len(ask.answers) > 1 and any(isinstance(answer, Pin | Recording) for answer in ask.answers):
        raise FlowError(flow.name, name, "takes another answer beside a PIN or a recording, which must be the only one")
    for place, answer in enumerate(ask.answers):
        if isinstance(answer, Choice):
            _check_choice(flow, name, answer)
        if isinstance(answer, Text) and place < len(ask.answers) - 1:
            raise FlowError(flow.name, name, "takes any text before its last kind of answer")


def _check_exits(flow: Flow, name: str, ask: Ask, exits: Exits, text_of: TextOf) -> None:
    for kind, pair in (("nonsense", exits.nonsense), ("silence", exits.silence)):
        first, second = (_prompt_exists(flow.name, name, prompt, text_of) for prompt in pair)
        if first == second:
            raise FlowError(flow.name, name, f"its two re-prompts on {kind} are worded alike")
    # Who presses no key on a call of ours may be a machine, which is not put through to anybody.
    may_be_a_machine = any(isinstance(answer, AnyKey) for answer in ask.answers)
    if not may_be_a_machine and not _ends_with_a_person(flow, exits.too_many):
        raise FlowError(flow.name, name, "its third miss does not reach a person")


def _ends_with_a_person(flow: Flow, name: str) -> bool:
    step = flow.steps.get(name)
    if isinstance(step, Say):
        return _ends_with_a_person(flow, step.then)
    return isinstance(step, HandOff)


def _check_choice(flow: Flow, name: str, choice: Choice) -> None:
    if bool(choice.options) == bool(choice.listed):
        raise FlowError(flow.name, name, "a choice has either its own options or a list from memory")
    if choice.listed and not choice.value:
        raise FlowError(flow.name, name, "a choice from a list must say which key is its value")
    digits = [option.digit for option in choice.options]
    for digit in digits:
        if digits.count(digit) > 1:
            raise FlowError(flow.name, name, f"digit {digit} stands for two choices")


def _check_reachable(flow: Flow) -> None:
    reached: set[str] = set()
    ahead = [*flow.begins_at]
    while ahead:
        name = ahead.pop()
        if name != END and name not in reached:
            reached.add(name)
            ahead.extend(followers(flow, flow.steps[name]))
    for name in flow.steps:
        if name not in reached:
            raise FlowError(flow.name, name, "nothing leads here")


def untold(flows: Iterable[Flow], languages: Iterable[str]) -> list[FlowError]:
    """Commands that have words in one of the languages and none in another."""
    wanted = set(languages)
    return [
        FlowError(flow, "", f"{command.name} has no word in {', '.join(sorted(wanted - set(command.words)))}")
        for flow, command in _commands(flows)
        if command.words and wanted - set(command.words)
    ]


def _check_commands(flows: Iterable[Flow]) -> None:
    owners: dict[tuple[str, str], str] = {}
    for flow, command in _commands(flows):
        for key in _claims(command):
            if key in owners:
                raise FlowError(flow, "", f"{key[1]} already belongs to {owners[key]}")
            owners[key] = flow
        for words in command.words.values():
            for word in words:
                if word in CARRIER_WORDS:
                    raise FlowError(flow, "", f"{word} belongs to the carrier and cannot be a command")
    for flow_ in flows:
        _check_shadows(flow_, owners)


def _commands(flows: Iterable[Flow]) -> Iterator[tuple[str, Command]]:
    yield from (("system", command) for command in NAVIGATION)
    yield from ((flow.name, command) for flow in flows for command in flow.commands)


def _claims(command: Command) -> Iterator[tuple[str, str]]:
    yield ("command", command.name)
    if command.letter:
        yield ("letter", command.letter)
    if command.bare:
        yield ("bare", command.bare)
    for language, words in command.words.items():
        yield from ((language, word) for word in words)


def _check_shadows(flow: Flow, owners: dict[tuple[str, str], str]) -> None:
    for name, step in flow.steps.items():
        for language, word in _choice_words(step):
            if (language, word) in owners:
                raise FlowError(flow.name, name, f"the choice {word} is shadowed by the command of that word")


def _choice_words(step: Step) -> Iterator[tuple[str, str]]:
    if not isinstance(step, Ask):
        return
    options: list[Option] = [
        option for answer in step.answers if isinstance(answer, Choice) for option in answer.options
    ]
    for option in options:
        for language, words in option.words.items():
            yield from ((language, word) for word in words)


def _prompt_exists(flow: str, step: str, prompt: str, text_of: TextOf) -> str:
    text = text_of(prompt)
    if text is None:
        raise FlowError(flow, step, f"the prompt {prompt} is missing")
    return text
