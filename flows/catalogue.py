"""Every conversation the line can have. To add one, write its file, its prompts, and a line here."""

from functools import cache

import ivr_prompts
from flows import (
    accept,
    agent,
    auto,
    away,
    call_code,
    call_menu,
    check_in,
    check_out,
    courtesy,
    decline,
    department,
    drop,
    emergency,
    enrol,
    goodbye,
    identify,
    keep,
    language,
    later,
    list,  # noqa: A004 - the conversation is called so everywhere
    menu,
    mine,
    nearest,
    new_number,
    opt_out,
    pools,
    rank,
    said,
    signup,
    stray,
    sure,
    swap,
    telling,
    temporary,
    unclear,
    undo,
    unknown,
    waiting,
    why,
    withdraw,
)
from flows.loading import Catalogue, load
from flows.steps import Flow

FLOWS: tuple[Flow, ...] = (
    list.FLOW,
    signup.FLOW,
    withdraw.FLOW,
    mine.FLOW,
    accept.FLOW,
    decline.FLOW,
    drop.FLOW,
    keep.FLOW,
    swap.FLOW,
    check_in.FLOW,
    check_out.FLOW,
    why.FLOW,
    rank.FLOW,
    menu.FLOW,
    language.FLOW,
    undo.FLOW,
    auto.FLOW,
    telling.FLOW,
    temporary.FLOW,
    away.FLOW,
    pools.FLOW,
    later.FLOW,
    enrol.FLOW,
    agent.FLOW,
    opt_out.FLOW,
    emergency.FLOW,
    sure.FLOW,
    unclear.FLOW,
    nearest.FLOW,
    new_number.FLOW,
    courtesy.FLOW,
    stray.FLOW,
    department.FLOW,
    identify.FLOW,
    call_menu.FLOW,
    call_code.FLOW,
    said.FLOW,
    goodbye.FLOW,
    unknown.FLOW,
    waiting.FLOW,
)


@cache
def catalogue() -> Catalogue:
    """The checked catalogue; raises `FlowError` when a flow has a gap."""
    return load(FLOWS, ivr_prompts.load("en").wording)
