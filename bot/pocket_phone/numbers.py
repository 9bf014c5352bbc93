"""Phone numbers as the carrier reads them."""

import functools
import re

import phonenumbers

E164 = re.compile(r"\+[1-9]\d{6,14}")


@functools.lru_cache(maxsize=4096)
def e164(text: str) -> str | None:
    """The number in E.164, read as a North American one if no country is given; None if it is not a number.

    Numbers kept free for examples (555-0100 to 555-0199) count: only the length must be possible.
    """
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if E164.fullmatch(written) else None


@functools.lru_cache(maxsize=4096)
def country_of(number: str) -> str:
    """The two-letter country of an E.164 number, US where the numbering plan does not say."""
    return phonenumbers.region_code_for_country_code(phonenumbers.parse(number).country_code or 1)
