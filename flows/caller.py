"""Who a verb acts for: the officer on the phone, in the department this turn is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.awarding.telling.mine import Holding, holdings
from models.line.hand_off import hand_off
from models.line.recording_consent import Announcement, announcement_of
from models.people.department import Department
from models.people.handbook import Edition, current, edition
from models.people.membership import Membership, memberships
from models.people.officer import Officer
from models.people.phone import may_act, number_of
from models.session import Actor, Work


@dataclass(slots=True)
class Caller:
    """One person on one line, inside the turn's transaction.

    `membership` changes once at most: when he says which of his departments he means.
    """

    work: Work
    membership: Membership
    number: str
    line_id: int
    heard: str = ""
    _seen: "tuple[Officer, int, list[Holding]] | None" = field(default=None, init=False)

    @property
    def officer(self) -> Officer:
        """The officer he is there."""
        return self.membership.officer

    @property
    def department(self) -> Department:
        """The department the turn is about."""
        return self.membership.department

    def memberships(self) -> list[Membership]:
        """Every department on this line that he is an officer of."""
        return memberships(self.work, self.officer.person_id, self.line_id, self.number)

    def edition(self) -> Edition:
        """The handbook that holds there today."""
        if self.membership.handbook_id is None:
            today = self.work.now.astimezone(self.department.zone).date()
            return current(self.work, self.department.id, today)
        return edition(self.work, self.department.id, self.membership.handbook_id)

    def new_until(self) -> datetime | None:
        """Until when his number counts as new, so that nothing is given away from it; None when it does not."""
        if self.membership.number_added_at is None:
            return None
        hours = self.edition().rules.callers.new_number_hours
        return may_act(self.work, self.officer.person_id, self.number, hours)

    def note(self, verb: str) -> None:
        """Put before a person what was done from a new number."""
        hand_off(self.work, self.department.id, "done_from_new_number", person_id=self.officer.person_id, verb=verb)

    def holdings(self) -> list[Holding]:
        """What he has there, soonest first; read once, and again when something has happened in between."""
        officer, recorded = self.officer, self.work.recorded
        if self._seen is None or self._seen[:2] != (officer, recorded):
            self._seen = officer, recorded, holdings(self.work, officer)
        return list(self._seen[2])


@dataclass(slots=True, kw_only=True)
class PhoneCaller(Caller):
    """Somebody in a call. Until he is identified there is no `membership`, and only what identifies him runs.

    `line` is the row of the line that was called, `from_number` the number he calls from, and `owner_id` the person it
    belongs to: a hint and no more. `number` is the one he is texted on, once he is identified.
    """

    membership: Membership = field(init=False)
    line: Any
    from_number: str
    owner_id: int | None
    person_id: int | None = None
    identified_by: str | None = None
    recording: str | None = None
    """What was said about recording this call (models/line/recording_consent.py); None: nothing."""
    announced: Announcement | None = None
    """What was announced in this turn."""

    @property
    def is_identified(self) -> bool:
        """Whether he has shown who he is."""
        return self.identified_by is not None

    def new_until(self) -> datetime | None:
        """Never: it is the PIN that shows who he is, and not the number."""
        return None

    def memberships_of(self, person_id: int) -> list[Membership]:
        """The departments on this line that the person is an officer of."""
        return memberships(self.work, person_id, self.line_id, self.from_number)

    def announce(self, departments: Sequence[int], *, outbound: bool = False) -> dict[str, bool]:
        """Say that such calls are recorded, if they are; returns what the greeting has to know of it."""
        self.announced = announcement_of(self.work, departments, outbound=outbound)
        if self.announced is None:
            return {"is_recorded": False, "refusable": False}
        self.recording = "announced"
        return {"is_recorded": True, "refusable": self.announced.offers_refusal}

    def identify(self, person_id: int, by: str) -> None:
        """From here on he is that person."""
        self.person_id, self.identified_by = person_id, by
        if person_id != self.owner_id:
            self.number = number_of(self.work, person_id) or self.from_number
        self.work.actor = Actor("officer", "voice", person_id)
