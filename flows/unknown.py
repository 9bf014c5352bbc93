"""A number that belongs to no officer here: told so once in a while; what is about an order goes to a person."""

from flows.steps import Flow, Say

FLOW = Flow(
    name="unknown",
    start="say",
    entries=("passed_on",),
    steps={"say": Say("unknown.text"), "passed_on": Say("unknown.passed_on")},
)
