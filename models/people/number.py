"""A phone number as somebody writes it, as E.164."""

import re

import phonenumbers


def read_number(text: str) -> str:
    """E.164; a North American number where no country is given. Raises ValueError, whose message is for people."""
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.extension or not phonenumbers.is_possible_number(number):
        raise ValueError(f"{text!r} is not a phone number that can be texted, like 203-555-0142")
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if written.startswith("+1") and not re.fullmatch(r"\+1[2-9]\d{2}[2-9]\d{6}", written):
        raise ValueError(f"{text!r} is not a phone number: check the area code and the seven digits after it")
    return written
