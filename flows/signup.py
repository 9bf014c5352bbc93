"""S4821: sign up, by code or by number in the list, several at once in order of preference.

Interest, not a promise; but where slots go first come it takes one, and the answer says so.
"""

from dataclasses import replace
from typing import Any

from flows.answers import YesNo
from flows.caller import Caller
from flows.choosing import EXITS, is_meant, is_pointed_out, said_codes
from flows.open_details import OPENINGS, listed_openings, open_to
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, verb
from models.awarding.asking.invitation import invitation_by_code
from models.awarding.asking.lending import take_invitation
from models.awarding.signing_up.signup import SignupAnswer, sign_up
from models.details.opening import openings_by_code, openings_posted
from models.line.line import number_of_department

ONE = (
    "signed_up",
    "already",
    "closed",
    "ineligible",
    "taken",
    "yours",
    "gone",
    "committed",
    "by_list",
    "no_such_code",
)
LENT = ("lent", "lent_gone", "lent_member")


@verb("said", "one", "which", "none_fits", "no_code", "only_numbers")
def find(caller: Caller, memory: Memory) -> Outcome:
    """Which one is meant: by code, or the open ones on the day or at the place that was said instead."""
    if said_codes(memory):
        return Outcome("said")
    if not is_pointed_out(memory):
        return Outcome("only_numbers" if memory.get("numbers") else "no_code")
    posted = openings_posted(caller.work, caller.department.id)
    meant = [one for one in posted if is_meant(caller, one, memory)]
    _, fitting = open_to(caller, meant) if meant else ([], [])
    if len(fitting) == 1:
        return Outcome("one", {**fitting[0].told(), "codes": [fitting[0].code]})
    return Outcome("which", {"openings": listed_openings(fitting)}) if fitting else Outcome("none_fits")


@verb(*ONE, *LENT, "several", "several_taken", acts=True)
def sign_up_for(caller: Caller, memory: Memory) -> Outcome:
    """Signs up for every code said that is open to the officer, and says of each what became of it."""
    said = said_codes(memory)
    found = openings_by_code(caller.work, caller.department.id, said)
    wanted = [found[code] for code in said if code in found]
    answers = sign_up(caller.work, caller.department, caller.edition(), caller.officer, wanted) if wanted else []
    told = {answer.opening.code: _told(answer) for answer in answers}
    results = [told.get(code) or _lent(caller, code) or ("no_such_code", {"code": code}) for code in said]
    if len(results) == 1:
        return Outcome(*results[0])
    took = any(name in ("taken", "lent") for name, _ in results)
    return Outcome(
        "several_taken" if took else "several",
        {"results": [{"prompt": f"signup.each_{name}", **values} for name, values in results]},
    )


def _lent(caller: Caller, code: str) -> tuple[str, dict[str, Any]] | None:
    """What became of it if the code is of another department's invitation: that is first come too."""
    invited = invitation_by_code(caller.work, caller.department.id, code)
    if invited is None:
        return None
    answer = take_invitation(caller.work, caller.department, caller.edition(), caller.officer, invited)
    values = {**invited.told(), "line": number_of_department(caller.work, invited.asking.id)}
    if answer.refusal is not None:
        values["verdict"] = {"reason": str(answer.refusal.reason), "figures": dict(answer.refusal.figures)}
    names = {"taken": "lent", "gone": "lent_gone", "member": "lent_member"}
    return names.get(answer.outcome, answer.outcome), values


def _told(answer: SignupAnswer) -> tuple[str, dict[str, Any]]:
    values = {**answer.opening.told(), **_place(answer)}
    found = answer.refusal or answer.advice
    if found is not None:
        values["verdict"] = {"reason": str(found.reason), "figures": dict(found.figures)}
    values["is_advised"] = answer.advice is not None
    return answer.outcome, values


def _place(answer: SignupAnswer) -> dict[str, Any]:
    """How the award will go, and where he stands by it as things are now."""
    found = answer.place
    if found is None:
        return {}
    place = {"line_place": found.place, "candidates": found.candidates, "is_alone": found.candidates == 1}
    return {"order": [{"prompt": f"signup.by_{found.order}"}], **place}


FLOW = Flow(
    name="signup",
    start="find",
    entries=("sign_up",),
    commands=(
        Command(
            "signup",
            {
                "en": ("SIGN UP", "SIGNUP", "SIGN ME UP"),
                "es": ("APUNTAR", "APUNTARME", "APUNTEME", "INSCRIBIR", "INSCRIBIRME"),
            },
            ("codes", "numbers"),
            letter="S",
        ),
    ),
    exits=EXITS,
    steps={
        "find": Do(
            find,
            {
                "said": "sign_up",
                "one": "one",
                "which": "which",
                "none_fits": "none_fits",
                "no_code": "how",
                "only_numbers": "list_first",
            },
        ),
        "one": Ask("signup.one", (YesNo("sign_up", "not_now"),)),
        "not_now": Say("signup.not_now"),
        "none_fits": Say("signup.none_fits"),
        "which": Ask("signup.which", (replace(OPENINGS, per_page=3, per_page_spoken=3),)),
        "person": HandOff("lost_in_signup", "again.person"),
        "sign_up": Do(sign_up_for, {name: name for name in (*ONE, *LENT, "several", "several_taken")}),
        "signed_up": Say("signup.signed_up"),
        "already": Say("signup.already"),
        "closed": Say("signup.closed"),
        "ineligible": Say("signup.ineligible"),
        "taken": Say("signup.taken"),
        "yours": Say("accept.already"),
        "gone": Say("signup.gone"),
        "committed": Say("accept.committed"),
        "by_list": Say("signup.by_list"),
        "no_such_code": Say("signup.no_such_code"),
        **{name: Say(f"signup.{name}") for name in LENT},
        "several": Say("signup.several"),
        "several_taken": Say("signup.several_taken"),
        "how": Say("signup.how"),
        "list_first": Say("signup.list_first"),
    },
)
