"""JOIN: a number that is nobody's asks to be put on the line. A person decides; what we know is never said."""

from flows.steps import Command, Flow, Say

FLOW = Flow(
    name="enrol",
    start="already",
    entries=("how", "asked"),
    manner="aside",
    commands=(Command("join", {"en": ("JOIN", "ENROLL"), "es": ("ALTA", "UNIRME")}),),
    steps={
        "already": Say("enrol.already"),
        "how": Say("enrol.how"),
        "asked": Say("enrol.asked"),
    },
)
