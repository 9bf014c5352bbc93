"""What is said of another officer's check-out: "out 2315 for Chen", "Chen left at 11:15"."""

import re
from typing import NamedTuple

_TIME = r"\d{1,4}(?::\d{2})?(?: ?[AP]\.? ?M?\b\.?)?"
_AT = r"(?:(?:AT|AROUND|SINCE|A LAS?) )?"
_WORD = r"[^\W\d_][^\W\d_'-]+"
_NO_NAME = (
    r"(?!(?:THE|TODAY|TONIGHT|NOW|GOOD|ME|MY|MYSELF|LUNCH|BREAK|DETAIL|JOB|CODE|SURE|REAL|AN?|HOY|MI|EL|ESTE|ESTA"
    r"|SERVICIO|CODIGO|I|WE|HE|SHE|THEY|IT|YOU|WHO|ALL|EVERY\w*|NOBODY|JUST|ALREADY|SORRY|HI|HEY|OK|YES|NO|YA|YO"
    r"|ELLA|ELLOS|TODOS)\b)"
)
_RANK = r"(?:(?:SGT|SERGEANT|LT|OFFICER|OFC|DET|SARGENTO|OFICIAL|AGENTE)\.? )?"
_NAME = rf"(?:(?:BADGE|PLACA) \d+|{_NO_NAME}{_RANK}{_WORD}(?: {_WORD}){{0,2}}?)"
_CODE = r"(?: (?:(?:OF|ON|FROM|AT|DE|EN|DEL) )?#?\d{3,6})?"
_LEFT = r"(?:LEFT|WENT HOME|GOT OUT|CHECKED OUT|WAS OUT|IS OUT|WAS DONE|SALIO|SALIÓ|SE FUE|TERMINO|TERMINÓ)"

_TIME_FIRST = rf"{_AT}{_TIME} (?:FOR|PARA|POR|DE) {_NAME}{_CODE}"
_NAME_FIRST = rf"(?:FOR |PARA |POR )?{_NAME}(?:,? {_AT}{_TIME})?{_CODE}"

FOR_ANOTHER = rf"{_TIME_FIRST}|(?:FOR|PARA|POR) {_NAME},? {_AT}{_TIME}{_CODE}"
"""What may follow OUT when it is another's: never a code alone, never a bare time."""
FOR_WHOM = rf"{_TIME_FIRST}|{_NAME_FIRST}"
"""What may follow VOUCH."""
_TOLD = re.compile(rf"({_NAME}) {_LEFT} ({_AT}{_TIME})({_CODE})")
_BESIDE = re.compile(
    r"\b(?:FOR|PARA|POR|DE|DEL|AT|AROUND|SINCE|A|LAS?|OF|ON|FROM|EN|SGT|SERGEANT|LT|OFFICER|OFC|DET|SARGENTO|OFICIAL"
    r"|AGENTE)\b"
)


class Another(NamedTuple):
    """Whom it is about (upper case words or a badge), the time as said, and the code, each empty where unsaid."""

    name: str = ""
    time: str = ""
    code: str = ""


def read_for_another(rest: str) -> Another:
    """Takes apart what fitted FOR_ANOTHER or FOR_WHOM."""
    badge = re.search(r"(?:BADGE|PLACA) (\d+)", rest)
    left = rest.replace(badge[0], "") if badge else rest
    time = re.search(rf"\b{_TIME}", left)
    after = left[: time.start()] + left[time.end() :] if time else left
    code = re.search(r"#?(\d{3,6})", after)
    name = badge[1] if badge else " ".join(re.findall(_WORD, _BESIDE.sub(" ", after)))
    return Another(name, time[0].replace(" ", "") if time else "", code[1] if code else "")


def told_of_another(bare: str) -> str:
    """A sentence that tells when another left, in the form that `read_for_another` takes; empty when it is none."""
    found = _TOLD.fullmatch(bare)
    return f"FOR {found[1]} {found[2]}{found[3]}" if found else ""
