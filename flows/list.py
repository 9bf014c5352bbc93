"""LIST: the open details this officer may take, and sign-up by their numbers."""

from flows.answers import Choice
from flows.caller import Caller
from flows.choosing import EXITS
from flows.steps import Ask, Command, Do, Flow, HandOff, Jump, Memory, Outcome, Say, verb
from models.awarding.deciding.facts import gather, refusal
from models.details.opening import openings_posted

MOST_LISTED = 40


@verb("some", "nothing_open", "nothing_fits")
def open_details(caller: Caller, memory: Memory) -> Outcome:
    """What is posted, and of it what he may take and has not signed up for or holds already."""
    posted = openings_posted(caller.work, caller.department.id)
    if not posted:
        return Outcome("nothing_open")
    his = {held.opening.id for held in caller.holdings()}
    others = [opening for opening in posted if opening.id not in his]
    facts = gather(caller.work, caller.department, caller.edition(), others, [caller.officer.id])
    fitting = [opening for opening in others if refusal(facts, caller.officer.id, opening, "signup") is None]
    if not fitting:
        return Outcome("nothing_fits", {"open": len(posted), "his": len(posted) - len(others)})
    listed = [
        {
            "code": opening.code,
            "during": (opening.starts_at, opening.ends_at),
            "place": opening.place,
            "pay_cents": opening.pay_cents_per_hour,
            "is_first_come": opening.method == "first_come",
        }
        for opening in fitting[:MOST_LISTED]
    ]
    return Outcome("some", {"openings": listed, "count": len(fitting)})


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
        "look": Do(open_details, {"some": "which", "nothing_open": "nothing_open", "nothing_fits": "nothing_fits"}),
        "nothing_open": Say("list.nothing_open"),
        "nothing_fits": Say("list.nothing_fits"),
        "which": Ask(
            "list.which",
            (
                Choice(
                    into="codes",
                    then="sign_up",
                    listed="openings",
                    value="code",
                    several=True,
                    lead={
                        "en": ("S", "SIGN UP", "SIGNUP", "SIGN ME UP"),
                        "es": ("S", "APUNTAR", "APUNTARME", "APUNTEME"),
                    },
                    per_page=5,
                ),
            ),
        ),
        "sign_up": Jump("signup"),
        "person": HandOff("lost_in_list", "again.person"),
    },
)
