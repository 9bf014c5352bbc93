"""A text from a number that is nobody's here: answered from fixed words, without a conversation and without a look-up.

Whatever a stranger texts, the answer is the same whether a name or a badge he gives exists or not.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.dialog.conversation import Conversation
from bot.dialog.events import Event, Heard, Started
from bot.dialog.inbound import InboundText
from bot.dialog.rendering import render, voice_for
from bot.dialog.runner import take_turn
from bot.dialog.understanding.clock import Clock
from bot.dialog.understanding.meaning import Ear, read_meaning
from bot.dialog.understanding.normalise import normalise, plain
from bot.dialog.understanding.reading import Hearing, understand
from flows.catalogue import catalogue
from models.details.detail import is_of_a_contractor
from models.line import message_out
from models.line.hand_off import hand_off
from models.line.stranger import texts_of_stranger
from models.people import enrolment
from models.people.department import department
from models.session import Work

ANSWERS_TO_A_STRANGER = 3
"""Within an hour: another machine that answers every text of ours must not keep us answering for ever."""

LANGUAGE_OF_WORD = {"JOIN": "en", "ENROLL": "en", "ALTA": "es", "UNIRME": "es"}
_OF_ORDERS = frozenset(("order", "cancel_order", "missing_officer", "agent", "pay"))
_AT_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_SPANISH = frozenset(
    (
        "NECESITO",
        "NECESITAMOS",
        "POLICIAS",
        "OFICIALES",
        "OFICIAL",
        "QUIERO",
        "HOLA",
        "BUENOS",
        "BUENAS",
        "QUIEN",
        "DONDE",
        "NUMERO",
    )
)
_JOINING = re.compile(rf"({'|'.join(LANGUAGE_OF_WORD)})\b(.*)", re.DOTALL)


def answer_stranger(work: Work, line: Any, text: InboundText) -> None:
    """Answers a few times an hour; a call for help is always handed on, and who asks to join is put before a person."""
    heard = understand(text.body, Hearing(catalogue(), opt_out_type=text.opt_out_type or ""))
    if heard.urgent:
        hand_off(work, line.department_id, "emergency", urgent=True, message_in=text.message_in_id)
    elif heard.command in ("opt_out", "opt_in", "help"):
        return
    if texts_of_stranger(work, line.department_id, text.from_number, timedelta(hours=1)) > ANSWERS_TO_A_STRANGER:
        return
    event, language = (Heard(heard), "en") if heard.urgent else _answer(work, line, text)
    turn = take_turn(catalogue(), Conversation(language=language), event, work.now, None, lambda *_: heard)
    message_out.write(
        work,
        line.department_id,
        line.id,
        text.from_number,
        render(turn.says, voice_for(language, department(work, line.department_id).zone)),
        prompt=turn.says[0].prompt,
        person_id=text.person_id,
    )


def _answer(work: Work, line: Any, text: InboundText) -> tuple[Event, str]:
    """Whoever asks to join, and whoever writes about an order, is put before a person; anybody else is told so."""
    found = _JOINING.match(normalise(text.body))
    if found is not None:
        return _joining(work, line, text, found)
    language = _language_of(text.body)
    if not is_of_a_contractor(work, line.department_id, text.from_number) and not is_about_an_order(text.body):
        return Started("unknown"), language
    hand_off(work, line.department_id, "contractor_writes", message_in=text.message_in_id)
    return Started("unknown", entry="passed_on"), language


def is_about_an_order(body: str) -> bool:
    """Whether somebody orders or calls off officers, misses one, or asks for a person."""
    return read_meaning(body, Ear(Clock(_AT_NO_TIME), contractor=True)).command in _OF_ORDERS


def _language_of(body: str) -> str:
    """Spanish where a text holds words that are only Spanish; nobody has told us yet which he wants."""
    return "es" if set(plain(normalise(body)).split()) & _SPANISH else "en"


def _joining(work: Work, line: Any, text: InboundText, found: re.Match[str]) -> tuple[Event, str]:
    """The request is put before a person, once."""
    language = LANGUAGE_OF_WORD[found[1]]
    if not any(character.isdecimal() for character in found[2]):
        return Started("enrol", entry="how"), language
    if enrolment.ask(work, line.department_id, line.id, text.from_number, text.body, language):
        hand_off(work, line.department_id, "number_asks_to_join", message_in=text.message_in_id)
    return Started("enrol", entry="asked"), language
