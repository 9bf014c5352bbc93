"""What gives something away, asked from a number that was added lately: not yet, and how it can be done now."""

from flows.steps import Flow, Say

FLOW = Flow(name="new_number", start="not_yet", steps={"not_yet": Say("new_number.not_yet")})
