"""Every conversation the line can have. To add one, write its file, its prompts, and a line here."""

from functools import cache

import ivr_prompts
from flows import agent, emergency, menu, stray, unclear
from flows.loading import Catalogue, load
from flows.steps import Flow

FLOWS: tuple[Flow, ...] = (
    menu.FLOW,
    agent.FLOW,
    emergency.FLOW,
    unclear.FLOW,
    stray.FLOW,
)


@cache
def catalogue() -> Catalogue:
    """The checked catalogue; raises `FlowError` when a flow has a gap."""
    return load(FLOWS, ivr_prompts.load("en").text)
