"""A number that belongs to no officer here: told so once in a while, and nothing else."""

from flows.steps import Flow, Say

FLOW = Flow(name="unknown", start="say", steps={"say": Say("unknown.text")})
