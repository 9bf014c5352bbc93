"""DROP 4821 SICK: the words that mean a reason for giving a detail back, in both languages."""

import re
from collections.abc import Mapping

from models.rules.clauses.drop_reasons import DropCause

WORDS: Mapping[DropCause, tuple[str, ...]] = {
    "sick": ("SICK", "ILL", "FLU", "FEVER", "COVID", "ENFERMO", "ENFERMA", "ENFERMEDAD", "GRIPE", "FIEBRE"),
    "injured": ("INJURED", "INJURY", "HURT", "LESIONADO", "LESIONADA", "LESION", "HERIDO", "HERIDA"),
    "family": ("FAMILY", "FUNERAL", "FAMILIA", "FAMILIAR"),
    "court": ("COURT", "SUBPOENA", "SUBPOENAED", "TESTIFY", "CORTE", "TRIBUNAL", "JUZGADO", "CITADO", "CITADA"),
    "called_to_duty": ("DUTY", "RECALLED", "ACTIVATED", "TURNO", "LLAMADO", "LLAMADA"),
    "other": ("OTHER", "ELSE", "PERSONAL", "OTRO", "OTRA"),
}
_REASON_OF = {word: reason for reason, words in WORDS.items() for word in words}


def reason_in(heard: str) -> DropCause | None:
    """The one reason that a text names; None where it names none, or several."""
    found = {_REASON_OF[word] for word in re.findall(r"[A-Z]+", heard.upper()) if word in _REASON_OF}
    return found.pop() if len(found) == 1 else None
