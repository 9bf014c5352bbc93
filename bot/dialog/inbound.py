"""A text as it came in: what whoever takes it in hands to the dialog."""

from dataclasses import dataclass
from typing import Literal

OptOutType = Literal["STOP", "START", "HELP"]


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or file sent along; `url` is where the carrier keeps it."""

    url: str
    content_type: str


@dataclass(frozen=True, slots=True)
class InboundText:
    """A text that has been written down under its sid and not been acted on yet.

    `person_id` is None for a number nobody here has. `body` may be empty (a picture alone), and as long as the carrier
    allows. `opt_out_type` says that the carrier has already acted on the word and answered it.
    """

    message_in_id: int
    person_id: int | None
    from_number: str
    to_number: str
    body: str
    media: tuple[Medium, ...] = ()
    opt_out_type: OptOutType | None = None
