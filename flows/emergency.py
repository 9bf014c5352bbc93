"""A call for help on a line that nobody watches for one: said at once, and an agent is alarmed. Never a command."""

from flows.steps import Command, Flow, HandOff

FLOW = Flow(
    name="emergency",
    start="alarm",
    manner="aside",
    commands=(Command("emergency", {}),),
    steps={"alarm": HandOff("emergency", "emergency.not_watched")},
)
