"""CALLS OFF, CALLS URGENT, CALLS ON: whether the line calls the officer. Texts are not touched by it."""

from flows.caller import Caller
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.people.call_choice import call_choice, choose_calls
from models.rules.asking.calling import CallChoice

_OFF, _ON = ("OFF", "NO", "NONE", "NEVER", "STOP", "NUNCA"), ("ON", "YES", "ALL", "AGAIN", "SI", "TODAS", "OTRA VEZ")
_URGENT = ("URGENT", "URGENT ONLY", "ONLY URGENT", "ONLY IF URGENT", "URGENTE", "URGENTES", "SOLO URGENTES")
_CHOICE_OF: dict[str, CallChoice] = {
    **dict.fromkeys(_OFF, "none"),
    **dict.fromkeys(_ON, "all"),
    **dict.fromkeys(_URGENT, "urgent"),
    "calls_off": "none",
    "calls_urgent": "urgent",
    "calls_on": "all",
}


@verb("none", "nothing_left", "urgent", "all", "is_none", "is_urgent", "is_all", acts=True)
def choose(caller: Caller, memory: Memory) -> Outcome:
    """Keeps what he wants; the word alone says what holds. What the handbook demands all the same is told with it."""
    clause = caller.edition().rules.calls
    demands = [{"prompt": f"calls.{demand}"} for demand in clause.despite_choice]
    wanted = _CHOICE_OF.get(str(memory.get("rest", ""))) or _CHOICE_OF.get(str(memory["command"]))
    if wanted is None:
        return Outcome(f"is_{call_choice(caller.work, caller.department.id, caller.officer.id)}", {"demands": demands})
    choose_calls(caller.work, caller.officer, wanted, clause)
    is_silent = wanted == "none" and caller.membership.opted_out
    return Outcome("nothing_left" if is_silent else wanted, {"demands": demands})


FLOW = Flow(
    name="calls",
    start="choose",
    commands=(
        Command(
            "calls",
            {"en": ("CALLS", "PHONE CALLS"), "es": ("LLAMADAS",)},
            rest="|".join((*_URGENT, *_OFF, *_ON)),
        ),
        Command(
            "calls_off",
            {
                "en": (
                    "NO CALLS",
                    "NO MORE CALLS",
                    "NO PHONE CALLS",
                    "DO NOT CALL",
                    "DO NOT CALL ME",
                    "DON'T CALL",
                    "DON'T CALL ME",
                    "DON'T CALL ME JUST TEXT",
                    "DON'T CALL ME, JUST TEXT",
                    "DON'T CALL, JUST TEXT",
                    "DO NOT CALL ME JUST TEXT",
                    "DO NOT CALL ME, JUST TEXT",
                    "DO NOT CALL, JUST TEXT",
                    "JUST TEXT ME",
                    "TEXT ME INSTEAD",
                    "TEXT ONLY",
                    "TEXTS ONLY",
                ),
                "es": (
                    "NO LLAMADAS",
                    "NO MAS LLAMADAS",
                    "SIN LLAMADAS",
                    "NO LLAME",
                    "NO ME LLAME",
                    "NO ME LLAMEN",
                    "NO ME LLAME SOLO TEXTO",
                    "NO ME LLAMEN, SOLO TEXTO",
                    "NO QUIERO LLAMADAS",
                    "SOLO TEXTO",
                    "SOLO TEXTOS",
                ),
            },
        ),
        Command(
            "calls_urgent",
            {
                "en": ("URGENT CALLS ONLY", "ONLY URGENT CALLS", "CALL ME ONLY IF URGENT", "ONLY CALL ME IF URGENT"),
                "es": ("SOLO LLAMADAS URGENTES", "LLAMEME SOLO SI ES URGENTE"),
            },
        ),
        Command(
            "calls_on",
            {
                "en": ("CALL ME AGAIN", "YOU CAN CALL", "YOU CAN CALL ME", "YOU CAN CALL ME AGAIN", "YOU MAY CALL ME"),
                "es": ("PUEDE LLAMARME", "PUEDEN LLAMARME", "PUEDE LLAMARME OTRA VEZ", "LLAMEME OTRA VEZ"),
            },
        ),
    ),
    steps={
        "choose": Do(
            choose,
            {name: name for name in ("none", "nothing_left", "urgent", "all", "is_none", "is_urgent", "is_all")},
        ),
        "none": Say("calls.none"),
        "nothing_left": Say("calls.nothing_left"),
        "urgent": Say("calls.urgent"),
        "all": Say("calls.all"),
        "is_none": Say("calls.is_none"),
        "is_urgent": Say("calls.is_urgent"),
        "is_all": Say("calls.is_all"),
    },
)
