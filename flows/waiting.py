"""When nobody can take a caller now: to be called back in his place, or to leave a message."""

from flows.answers import Choice, Option, Recording
from flows.caller import PhoneCaller
from flows.choosing import EXITS
from flows.steps import Ask, Do, Flow, HandOff, HangUp, Memory, Outcome, Say, verb
from models.line import waiting


@verb("kept", "no_number", acts=True)
def be_called_back(caller: PhoneCaller, memory: Memory) -> Outcome:
    """He keeps his place. From a telephone that hides its number nobody can be called back."""
    if not caller.from_number.startswith("+"):
        return Outcome("no_number")
    waiting.move(caller.work, caller.line.department_id, int(memory["waiting"]), "ask_back")
    return Outcome("kept", {"number": caller.from_number})


@verb("begun", acts=True)
def begin_message(caller: PhoneCaller, memory: Memory) -> Outcome:
    """From here on he talks to the tape and waits for nobody."""
    waiting.move(caller.work, caller.line.department_id, int(memory["waiting"]), "begin_message")
    return Outcome("begun")


@verb("kept", acts=True)
def keep_message(caller: PhoneCaller, memory: Memory) -> Outcome:
    """What he said lies with the carrier; the record says where."""
    said = memory["recording"]
    waiting.move(
        caller.work,
        caller.line.department_id,
        int(memory["waiting"]),
        "leave_message",
        recording_sid=said["sid"],
        recording_url=said["url"],
        recording_seconds=said["seconds"],
    )
    return Outcome("kept")


FLOW = Flow(
    name="waiting",
    start="nobody",
    entries=("call_back", "begin_message"),
    exits=EXITS,
    steps={
        "nobody": Ask(
            "waiting.nobody",
            (
                Choice(
                    into="way",
                    then="call_back",
                    options=(
                        Option(
                            "call_back",
                            "1",
                            {"en": ("CALL ME BACK", "CALL BACK", "CALLBACK"), "es": ("LLAMEME", "LLAMENME")},
                        ),
                        Option("message", "2", {"en": ("MESSAGE",), "es": ("MENSAJE",)}, then="begin_message"),
                    ),
                ),
            ),
        ),
        "call_back": Do(be_called_back, {"kept": "called_back", "no_number": "no_number"}),
        "called_back": Say("waiting.called_back", "goodbye"),
        "no_number": Say("waiting.no_number", "begin_message"),
        "begin_message": Do(begin_message, {"begun": "message"}),
        "message": Ask("waiting.message", (Recording("recording", "keep_message"),)),
        "keep_message": Do(keep_message, {"kept": "kept"}),
        "kept": Say("waiting.kept", "goodbye"),
        "goodbye": HangUp("waiting.goodbye"),
        "person": HandOff("nobody_reached", "again.person"),
    },
)
