"""LIST: the open details this officer may take, and sign-up by their numbers."""

from flows.caller import Caller
from flows.choosing import EXITS, is_meant
from flows.open_details import OPENINGS, listed_openings, open_to
from flows.steps import Ask, Command, Do, Flow, HandOff, Jump, Memory, Outcome, Say, verb
from models.details.opening import openings_posted


@verb("some", "nothing_open", "nothing_fits", "nothing_then")
def open_details(caller: Caller, memory: Memory) -> Outcome:
    """What is posted, and of it what he may take and has not signed up for or holds already."""
    posted = openings_posted(caller.work, caller.department.id)
    if not posted:
        return Outcome("nothing_open")
    others, fitting = open_to(caller, posted)
    if not fitting:
        return Outcome("nothing_fits", {"open": len(posted), "his": len(posted) - len(others)})
    meant = [opening for opening in fitting if is_meant(caller, opening, memory)]
    if not meant:
        return Outcome("nothing_then", {"open": len(fitting)})
    return Outcome("some", {"openings": listed_openings(meant), "count": len(meant)})


FLOW = Flow(
    name="list",
    start="look",
    commands=(
        Command(
            "list",
            {
                "en": ("LIST", "JOBS", "DETAILS", "OPEN", "OPEN DETAILS"),
                "es": ("LISTA", "SERVICIOS", "TRABAJOS", "DISPONIBLES", "ABIERTOS"),
            },
        ),
    ),
    exits=EXITS,
    steps={
        "look": Do(
            open_details,
            {"some": "which", **{name: name for name in ("nothing_open", "nothing_fits", "nothing_then")}},
        ),
        "nothing_then": Say("list.nothing_then"),
        "nothing_open": Say("list.nothing_open"),
        "nothing_fits": Say("list.nothing_fits"),
        "which": Ask("list.which", (OPENINGS,)),
        "sign_up": Jump("signup"),
        "person": HandOff("lost_in_list", "again.person"),
    },
)
