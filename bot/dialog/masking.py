"""PINs in texts: nobody shall text one, and one that comes all the same is masked before the text is written down."""

import re

from flows.answers import Pin
from flows.catalogue import FLOWS
from flows.steps import Ask
from models.line.call import is_in_call
from models.session import Work

MASK = "****"
ABOUT_A_PIN = f"PIN {MASK}"
"""What stands for a text that was nothing but a PIN: it is answered as the command PIN is."""

_ASKING = frozenset(
    flow.name
    for flow in FLOWS
    for step in flow.steps.values()
    if isinstance(step, Ask) and any(isinstance(answer, Pin) for answer in step.answers)
)
"""The conversations that ask for a PIN, which only calls have."""

_NAMED = re.compile(r"\b(?:pin|nip|passcode|clave|contrase[nñ]a)\b", re.IGNORECASE)
_FIGURES = re.compile(r"(?<![\d+])(?<!\d[ -])\d(?:[ -]?\d){3,7}(?![ -]?\d)")
_ALONE = re.compile(r"\W*\d(?:\W?\d){3,7}\W*")


def masked(work: Work, line_home_id: int, number: str, body: str) -> str:
    """The text as it may be kept: figures beside the word PIN are masked, and so is a bare number from somebody whom a
    call asks for his PIN at this moment. A bare number otherwise is the code of a detail.
    """
    if _NAMED.search(body):
        return _FIGURES.sub(MASK, body)
    if _ALONE.fullmatch(body) and is_in_call(work, line_home_id, number, _ASKING):
        return ABOUT_A_PIN
    return body
