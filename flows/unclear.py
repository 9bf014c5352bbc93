"""What nobody understood while no question was open: two hints, worded differently, then a person."""

from flows.steps import Flow, HandOff, Say

FLOW = Flow(
    name="unclear",
    start="first",
    entries=("second", "third"),
    steps={
        "first": Say("unclear.first"),
        "second": Say("unclear.second"),
        "third": HandOff("not_understood", "unclear.person"),
    },
)
