"""A detail by its code, keyed: what can be done with it, for this officer, now."""

from typing import Any

from flows.answers import Choice, Digits
from flows.caller import Caller
from flows.choosing import EXITS, unknown_code, with_code
from flows.steps import Ask, Command, Do, Flow, Follow, HandOff, Memory, Outcome, Say, verb
from models.awarding.telling.mine import Holding

OF_HELD = {
    "awarded": ("accept", "decline"),
    "open": ("accept", "decline"),
    "confirmed": ("check_in", "drop"),
    "checked_in": ("check_out",),
    "checked_out": ("check_out",),
}
OF_SIGNUP = ("withdraw", "rank")
OF_OTHERS = ("signup", "why")


@verb("found", "unknown")
def look(caller: Caller, memory: Memory) -> Outcome:
    """What the code is to him, and the commands that fit."""
    code = str(memory["code"])
    held = with_code(caller.holdings(), code)
    if held is not None:
        return Outcome("found", {**held.opening.told(), "codes": [code], "choices": _choices(_commands(held))})
    name, told = unknown_code(caller, code)
    if name == "no_such_code":
        return Outcome("unknown", told)
    return Outcome("found", {**told, "codes": [code], "choices": _choices(OF_OTHERS)})


def _commands(held: Holding) -> tuple[str, ...]:
    if held.kind == "signup":
        return OF_SIGNUP
    return ("keep",) if held.is_dropping else OF_HELD[held.state]


def _choices(commands: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"command": command, "prompt": f"call_code.{command}"} for command in commands]


FLOW = Flow(
    name="call_code",
    start="ask",
    commands=(Command("call_code", {}),),
    exits=EXITS,
    steps={
        "ask": Ask("call_code.code", (Digits("code", "look", least=3, most=6),)),
        "look": Do(look, {"found": "what", "unknown": "unknown"}),
        "unknown": Say("call_code.unknown", "ask"),
        "what": Ask(
            "call_code.what",
            (Choice(into="command", then="follow", listed="choices", value="command", per_page_spoken=6),),
        ),
        "follow": Follow("command"),
        "person": HandOff("lost_in_call_code", "again.person"),
    },
)
