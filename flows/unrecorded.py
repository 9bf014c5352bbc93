"""Who objects to being recorded: the call goes on unrecorded, and what there is of it is deleted."""

from flows.caller import Caller, PhoneCaller
from flows.steps import Command, Do, Flow, Memory, Outcome, Say, verb
from models.line.line import number_of_department


@verb("refused", "ended", "not_recorded", "by_text", acts=True)
def object_to_recording(caller: Caller, memory: Memory) -> Outcome:
    """He objects, before anything was recorded or in the middle; it holds for this call."""
    if not isinstance(caller, PhoneCaller):
        return Outcome("by_text", {"line": number_of_department(caller.work, caller.department.id)})
    if caller.recording not in ("announced", "agreed"):
        return Outcome("not_recorded")
    was_recorded = caller.recording == "agreed"
    caller.recording = "refused"
    return Outcome("ended" if was_recorded else "refused")


FLOW = Flow(
    name="unrecorded",
    start="object",
    manner="digression",
    commands=(
        Command(
            "unrecorded",
            {
                "en": (
                    "UNRECORDED",
                    "NOT RECORDED",
                    "DO NOT RECORD",
                    "DO NOT RECORD ME",
                    "DON'T RECORD",
                    "DON'T RECORD ME",
                    "NO RECORDING",
                    "STOP RECORDING",
                    "STOP RECORDING ME",
                    "I DO NOT WANT TO BE RECORDED",
                    "I DON'T WANT TO BE RECORDED",
                    "DELETE THE RECORDING",
                ),
                "es": (
                    "SIN GRABAR",
                    "SIN GRABACION",
                    "NO GRABE",
                    "NO ME GRABE",
                    "NO GRABAR",
                    "NO QUIERO QUE ME GRABEN",
                    "DEJE DE GRABAR",
                    "BORRE LA GRABACION",
                ),
            },
        ),
    ),
    steps={
        "object": Do(
            object_to_recording,
            {name: name for name in ("refused", "ended", "not_recorded", "by_text")},
        ),
        "refused": Say("unrecorded.refused"),
        "ended": Say("unrecorded.ended"),
        "not_recorded": Say("unrecorded.not_recorded"),
        "by_text": Say("unrecorded.by_text"),
    },
)
