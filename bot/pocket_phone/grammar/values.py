"""What the value of an attribute may be: small checks, each giving what it wants when the value is not that."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

# Gives what would be right when the value is wrong, None when it is right.
Check = Callable[[str], str | None]

_WHOLE = re.compile(r"\d{1,9}")


def whole(least: int = 1, most: int | None = None) -> Check:
    """A whole number within these bounds."""
    wanted = f"a whole number from {least} to {most}" if most is not None else f"a whole number from {least} up"

    def check(value: str) -> str | None:
        is_right = _WHOLE.fullmatch(value) and int(value) >= least and (most is None or int(value) <= most)
        return None if is_right else wanted

    return check


def one_of(*words: str) -> Check:
    """One of these words, as written."""
    return lambda value: None if value in words else f"one of {', '.join(words)}"


def some_of(*words: str) -> Check:
    """One or more of these words with spaces between, none twice."""

    def check(value: str) -> str | None:
        given = value.split()
        is_right = given and set(given) <= set(words) and len(set(given)) == len(given)
        return None if is_right else f"one or more of {', '.join(words)}"

    return check


def matching(pattern: str, wanted: str) -> Check:
    """What the regular expression matches whole."""
    compiled = re.compile(pattern)
    return lambda value: None if compiled.fullmatch(value) else wanted


def among(values: Iterable[str], wanted: str) -> Check:
    """One of many, which the complaint does not list."""
    known = frozenset(values)
    return lambda value: None if value in known else wanted


def either(*checks: Check) -> Check:
    """What satisfies any of these."""

    def check(value: str) -> str | None:
        wanted = [each(value) for each in checks]
        return None if None in wanted else " or ".join(str(one) for one in wanted)

    return check


def url(value: str) -> str | None:
    """An http or https address, whole or relative to the document; no space, no control character, no other scheme."""
    wanted = "an http or https URL, absolute or relative"
    if not value or re.search(r"[\s\x00-\x1f<>\"{}|\\^`]", value):
        return wanted
    try:
        parts = urlsplit(value)
        is_right = parts.scheme in ("", "http", "https") and (not parts.scheme or bool(parts.hostname))
    except ValueError:
        return wanted
    return None if is_right else wanted


def is_phone_number(value: str) -> bool:
    """E.164, which is what every call between countries needs."""
    return re.fullmatch(r"\+[1-9]\d{6,14}", value) is not None


def caller(value: str) -> str | None:
    """Who a call says it is from."""
    is_right = is_phone_number(value) or re.fullmatch(r"(client|sip):\S+", value)
    return None if is_right else "a phone number in E.164 or a client"


def hints(value: str) -> str | None:
    """Words and phrases with commas between: at most 500, each at most 100 characters."""
    phrases = [phrase.strip() for phrase in value.split(",")]
    is_right = len(phrases) <= 500 and all(0 < len(phrase) <= 100 for phrase in phrases)
    return None if is_right else "at most 500 phrases of at most 100 characters, with commas between"


boolean = one_of("true", "false")
method = one_of("GET", "POST")
keys = matching(r"[0-9#*]*", "keys out of 0-9, # and *, or nothing")
tones = matching(r"[0-9#*wWA-D]+", "tones out of 0-9, #, *, w and W")
