"""All checks of a handbook, subject by subject."""

from models.rules.checking.asking import asking
from models.rules.checking.counting import counting
from models.rules.checking.finding import Finding, Known
from models.rules.checking.limits import limits
from models.rules.checking.names import names
from models.rules.checking.notice import notice
from models.rules.checking.pay import pay
from models.rules.checking.penalties import penalties
from models.rules.checking.people import people
from models.rules.checking.rank_mix import rank_mix
from models.rules.checking.rounds import rounds
from models.rules.checking.times import times
from models.rules.handbook import Handbook

_WEIGHT = {"error": 0, "warning": 1, "note": 2}


def check(handbook: Handbook, known: Known | None = None) -> tuple[Finding, ...]:
    """
    Everything found, the weightiest first. With `known`, names are also checked against the department's people;
    without it, only against the handbook itself.
    """
    found = [
        *rounds(handbook),
        *notice(handbook),
        *asking(handbook),
        *rank_mix(handbook),
        *counting(handbook),
        *limits(handbook),
        *pay(handbook),
        *times(handbook),
        *names(handbook, known),
        *penalties(handbook),
        *people(handbook, known),
    ]
    return tuple(sorted(found, key=lambda each: _WEIGHT[each.severity]))
