"""EMAIL ON pat@example.org, EMAIL NEWS, EMAIL BACKUP, EMAIL OFF: what the line mails an officer, and where to.

A new address is confirmed with a code that is mailed there, so that nobody has mails sent to somebody else.
"""

from dataclasses import replace

from flows.answers import Digits, Text
from flows.caller import Caller, PhoneCaller
from flows.choosing import EXITS
from flows.steps import Ask, Command, Do, Flow, HandOff, Memory, Outcome, Say, verb
from models.line.mail_choice import (
    MailChoice,
    Source,
    Wanted,
    choose_mail,
    confirm_address,
    mail_choice,
    read_address,
)
from models.people.one_time_code import MINUTES, check_code, send_code

_ON = ("ON", "ALL", "YES", "TOO", "ALSO", "SI", "TODO", "TAMBIEN")
_NEWS = ("NEWS", "NEWS ONLY", "NEW DETAILS", "NOVEDADES", "NUEVOS", "SERVICIOS NUEVOS")
_BACKUP = ("BACKUP", "BACK UP", "IF TEXTS FAIL", "RESPALDO", "SI FALLAN LOS TEXTOS")
_OFF = ("OFF", "NO", "NONE", "NEVER", "STOP", "APAGAR", "NUNCA", "NADA")
_WANTED_OF: dict[str, Wanted] = {
    **dict.fromkeys(_ON, "all"),
    **dict.fromkeys(_NEWS, "news"),
    **dict.fromkeys(_BACKUP, "backup"),
    **dict.fromkeys(_OFF, "nothing"),
    "email_on": "all",
    "email_off": "nothing",
}
_SAYS = "|".join(sorted((*_ON, *_NEWS, *_BACKUP, *_OFF), key=len, reverse=True))
_ADDRESS = r"(?:TO |AT |A |EN )?\S+@\S+"
_CHOSEN = ("all", "news", "backup", "nothing")
_HOLDS = ("is_all", "is_news", "is_backup", "is_nothing", "is_none", "is_bad")


@verb(*_CHOSEN, *_HOLDS, "mail_code", "which_address", "not_an_address", "by_text", "no_mails", acts=True)
def choose(caller: Caller, memory: Memory) -> Outcome:
    """Keeps what he wants; the word alone says what holds. For a new address a code has to be mailed first."""
    if not caller.work.mails:
        return Outcome("no_mails")
    said = str(memory.get("address_said") or memory.get("rest", ""))
    wanted, address = _wanted(memory, said), read_address(said)
    if address is None and ("@" in said or memory.get("address_said")):
        return Outcome("not_an_address", {"wanted": wanted or "all", "address_said": ""})
    before = mail_choice(caller.work, caller.department.id, caller.officer.id)
    if wanted is None and address is None:
        return _holds(before)
    return _choose(caller, wanted or "all", address, before)


def _choose(caller: Caller, wanted: Wanted, address: str | None, before: MailChoice | None) -> Outcome:
    is_confirmed = before is not None and before.state == "confirmed" and address in (None, before.address)
    if wanted == "nothing" or is_confirmed:
        choose_mail(caller.work, caller.department.id, caller.officer.id, wanted, _source(caller))
        return Outcome(wanted, {"address": before.address if before else ""})
    if address is None and before is not None and before.state == "listed":
        address = before.address
    if address is not None:
        return Outcome("mail_code", {"address": address, "wanted": wanted})
    return Outcome("by_text" if isinstance(caller, PhoneCaller) else "which_address", {"wanted": wanted})


@verb("sent", "too_often", acts=True, gives_away=True)
def mail_code(caller: Caller, memory: Memory) -> Outcome:
    """Has a code mailed to the address."""
    address, person_id = str(memory["address"]), caller.officer.person_id
    if not send_code(caller.work, caller.department.id, person_id, "email", address):
        return Outcome("too_often")
    return Outcome("sent", {"minutes": MINUTES})


@verb(*_CHOSEN, "wrong", "over", acts=True, gives_away=True)
def confirm(caller: Caller, memory: Memory) -> Outcome:
    """Whether the code was right: then mails go to the address that it was mailed to."""
    checked, code = check_code(caller.work, caller.officer.person_id, "email", str(memory["code"]))
    if code is None:
        return Outcome("over" if checked == "over" else "wrong")
    wanted = _WANTED_BY_NAME[str(memory["wanted"])]
    confirm_address(caller.work, caller.officer, code.number, wanted, _source(caller))
    return Outcome(wanted, {"address": code.number})


_WANTED_BY_NAME: dict[str, Wanted] = {"all": "all", "news": "news", "backup": "backup", "nothing": "nothing"}


def _wanted(memory: Memory, said: str) -> Wanted | None:
    """What he asked for now, or before he was asked for the address."""
    words = said.partition("@")[0].rpartition(" ")[0] if "@" in said else said
    for lead in ("TO", "AT", "A", "EN"):
        words = words.removesuffix(f" {lead}") if words != lead else ""
    asked = _WANTED_OF.get(words) or _WANTED_OF.get(str(memory["command"]))
    return asked or _WANTED_BY_NAME.get(str(memory.get("wanted", "")))


def _holds(before: MailChoice | None) -> Outcome:
    if before is None:
        return Outcome("is_none")
    return Outcome("is_bad" if before.state == "bad" else f"is_{before.wanted}", {"address": before.address})


def _source(caller: Caller) -> Source:
    return "call" if isinstance(caller, PhoneCaller) else "text"


_CODE_EXITS = replace(EXITS, nonsense=("email.again_1", "email.again_2"))

FLOW = Flow(
    name="email",
    start="choose",
    exits=EXITS,
    commands=(
        Command(
            "email",
            {
                "en": ("EMAIL", "E-MAIL", "EMAILS", "E-MAILS", "MY EMAIL IS", "MY EMAIL ADDRESS IS"),
                "es": ("CORREO", "CORREOS", "EMAIL", "E-MAIL", "MI CORREO ES", "MI EMAIL ES"),
            },
            rest=rf"(?:{_SAYS})|(?:(?:{_SAYS}) )?{_ADDRESS}",
        ),
        Command(
            "email_off",
            {
                "en": (
                    "NO EMAILS",
                    "NO MORE EMAILS",
                    "NO E-MAILS",
                    "NO MORE E-MAILS",
                    "STOP EMAILS",
                    "STOP THE EMAILS",
                    "STOP EMAILING ME",
                    "DON'T EMAIL ME",
                    "DO NOT EMAIL ME",
                    "DON'T EMAIL ME ANYMORE",
                    "DONT EMAIL ME ANYMORE",
                    "NO MORE EMAILS PLEASE",
                    "STOP SENDING ME EMAILS",
                    "STOP SENDING EMAILS",
                    "UNSUBSCRIBE ME FROM EMAILS",
                    "UNSUBSCRIBE FROM EMAILS",
                    "TAKE ME OFF THE EMAILS",
                    "TAKE ME OFF EMAIL",
                ),
                "es": (
                    "NO CORREOS",
                    "NO MAS CORREOS",
                    "SIN CORREOS",
                    "NO QUIERO CORREOS",
                    "NO QUIERO MAS CORREOS",
                    "NO ME MANDE CORREOS",
                    "NO ME MANDEN CORREOS",
                    "NO ME MANDE MAS CORREOS",
                    "YA NO ME MANDEN CORREOS",
                ),
            },
        ),
        Command(
            "email_on",
            {
                "en": ("EMAIL ME", "EMAIL ME TOO", "SEND ME EMAILS", "I WANT EMAILS"),
                "es": ("MANDEME CORREOS", "QUIERO CORREOS", "TAMBIEN POR CORREO"),
            },
        ),
    ),
    steps={
        "choose": Do(
            choose,
            {
                name: name
                for name in (
                    *_CHOSEN,
                    *_HOLDS,
                    "mail_code",
                    "which_address",
                    "not_an_address",
                    "by_text",
                    "no_mails",
                )
            },
        ),
        "mail_code": Do(mail_code, {"sent": "code", "too_often": "too_often"}),
        "which_address": Ask("email.which_address", (Text("address_said", "choose", 254),)),
        "not_an_address": Say("email.not_an_address", "which_address"),
        "code": Ask("email.code", (Digits("code", "confirm", 6, 6),), exits=_CODE_EXITS),
        "confirm": Do(confirm, {name: name for name in (*_CHOSEN, "wrong", "over")}),
        "wrong": Ask("email.wrong", (Digits("code", "confirm", 6, 6),), exits=_CODE_EXITS),
        **{name: Say(f"email.{name}") for name in (*_CHOSEN, *_HOLDS, "by_text", "no_mails", "too_often", "over")},
        "person": HandOff("lost_in_email", "again.person"),
    },
)
