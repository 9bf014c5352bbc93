"""How officers are asked for slots: down the ladder of a notice band, or by the replacement rule of this hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from models.rules.clauses.ladder import Ladder, LadderStep
from models.rules.clauses.notice import NoticeBand
from models.rules.clauses.rounds import Round
from models.rules.facts import OpeningFacts
from models.rules.handbook import Handbook
from models.rules.time.notice import band_of

CallOutKind = Literal["posting", "replacement", "admitted", "emergency"]

#: As many as there are.
EVERYBODY = 1_000_000


@dataclass(frozen=True, slots=True)
class About:
    """What officers are asked for, as far as a ladder may go by it; None fits only what is for all work."""

    work: str | None = None
    pool: str | None = None
    site: str | None = None


ANYTHING = About()


@dataclass(frozen=True, slots=True)
class Asking:
    """How a call-out goes. `round` is the order of its own; without one the rounds of the award are asked in turn.

    `standby_first` and `everyone` say who is asked.
    """

    ladder: Ladder
    steps: tuple[LadderStep, ...]
    at_once: int
    standby_first: bool = False
    everyone: bool = True
    round: Round | None = None

    @property
    def begins_by_call(self) -> bool:
        """Whether the first that an officer hears of it is a call: then no consent to texts is asked for."""
        return self.steps[0].by == "voice"

    def by_call(self, step: int) -> bool:
        """Whether this step is a call."""
        return self.steps[min(step, len(self.steps) - 1)].by == "voice"

    @property
    def is_race(self) -> bool:
        """Whether several are asked for the same slot."""
        return self.at_once > 1

    def minutes(self, step: int) -> int:
        """The time to answer at this step."""
        return self.steps[min(step, len(self.steps) - 1)].answer_minutes

    def ends_at(self, began_at: datetime) -> datetime | None:
        """When the whole call-out is over; None: at the start."""
        within = self.ladder.within_minutes
        return None if within is None else began_at + timedelta(minutes=within)


def asking(handbook: Handbook, kind: CallOutKind, band: str, about: About = ANYTHING) -> Asking:
    """How officers are asked: for a posting of this band, a slot that came free while it held, or that more ranks may
    take now, or in an emergency.
    """
    ladder = _for_work(_ladder(handbook, kind, band), about)
    down = _down(handbook, ladder)
    clause, found = handbook.replacement, handbook.notice.named(band)
    if kind == "admitted":
        return Asking(ladder, down.steps, EVERYBODY, clause.standby_first, round=down.round)
    if kind != "replacement":
        return down
    is_race = clause.then == "band" and found is not None and found.method == "first_come"
    at_once = EVERYBODY if is_race else ladder.at_once
    return Asking(ladder, down.steps, at_once, clause.standby_first, clause.then != "nobody", down.round)


def about_facts(opening: OpeningFacts) -> About:
    """What officers are asked for, by the facts."""
    return About(opening.work, opening.pool, opening.site)


def _ladder(handbook: Handbook, kind: CallOutKind, band: str) -> Ladder:
    found = handbook.notice.named(band)
    if kind == "emergency":
        return handbook.emergency.ladder if handbook.emergency else Ladder()
    if kind == "posting":
        return (found and found.ladder) or _ladder_of(found)
    clause = handbook.replacement
    own = found.ladder if clause.then == "band" and found is not None else None
    return own or Ladder(steps=(LadderStep(answer_minutes=clause.answer_minutes),), at_once=clause.at_once)


def _for_work(ladder: Ladder, about: About) -> Ladder:
    """The ladder with the steps that are for this work."""
    own = next((each for each in ladder.for_work if each.fits(about.work, about.pool, about.site)), None)
    if own is None:
        return ladder
    return ladder.model_copy(update={"steps": own.steps, "at_once": own.at_once or ladder.at_once})


def band_now(handbook: Handbook, now: datetime, starts_at: datetime, zone: str) -> str:
    """The notice band that holds for a slot that comes free now."""
    return band_of(handbook, now, starts_at, zone).band.name


def _ladder_of(band: NoticeBand | None) -> Ladder:
    """The ladder of a band that has none of its own."""
    is_phone_tree = band is not None and band.method == "phone_tree"
    return Ladder(steps=(LadderStep(by="voice", answer_minutes=5),)) if is_phone_tree else Ladder()


def _down(handbook: Handbook, ladder: Ladder) -> Asking:
    own = next((each for each in handbook.awarding.rounds if each.name == ladder.round), None)
    return Asking(ladder, ladder.steps, ladder.at_once, round=ladder.own_round() or own)
