"""A bare number or time while no question is open: said so, and nothing is done."""

from flows.steps import Flow, Say

FLOW = Flow(name="stray", start="say", steps={"say": Say("stray.text")})
