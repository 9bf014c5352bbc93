"""An officer's e-mail address in a department, and what he wants mailed to it.

Nothing is mailed to an address until a code that was mailed to it has come back from the officer's own phone, so that
nobody can be enrolled by somebody else. Texts have consents and opt-outs of their own; neither touches the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from models.people.officer import Officer
from models.proof import event
from models.session import Work
from models.tables import Timestamp, metadata

Wanted = Literal["all", "news", "backup", "nothing"]
"""All that is told, besides the text; new details instead of by text; what a text could not bring; nothing."""

Source = Literal["roster", "text", "call", "link", "office"]

_PLAIN = r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
EMAIL = f"^{_PLAIN}$"
"""An e-mail address, in lower case, for what reads by patterns."""
_ADDRESS = re.compile(_PLAIN)
_LONGEST = 254

choices = sa.Table(
    "mail_choice",
    metadata,
    sa.Column("department_id", sa.BigInteger, primary_key=True),
    sa.Column("officer_id", sa.BigInteger, primary_key=True),
    sa.Column("address", sa.Text),
    sa.Column("state", sa.Text),
    sa.Column("wanted", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("chosen_at", Timestamp),
    sa.Column("confirmed_at", Timestamp),
)


@dataclass(frozen=True, slots=True)
class MailChoice:
    """What is known of an officer's mail: `state` is listed (never confirmed), confirmed, or bad."""

    address: str
    state: str
    wanted: Wanted

    @property
    def is_mailed(self) -> bool:
        """Whether anything at all is mailed to him now."""
        return self.state == "confirmed" and self.wanted != "nothing"


def read_address(said: str) -> str | None:
    """The one e-mail address in what was said, in lower case; None where there is none, or more than one."""
    found = {each.strip(".,;:") for each in _ADDRESS.findall(said.lower())}
    address = found.pop() if len(found) == 1 else ""
    local = address.partition("@")[0]
    is_usable = 0 < len(address) <= _LONGEST and ".." not in local and not local.startswith(".")
    return address if is_usable and not local.endswith(".") else None


def mail_choice(work: Work, department_id: int, officer_id: int) -> MailChoice | None:
    """What he chose, and to which address; None where none is known."""
    return mail_choices(work, department_id, [officer_id]).get(officer_id)


def mail_choices(work: Work, department_id: int, officer_ids: Sequence[int]) -> dict[int, MailChoice]:
    """The same of many; who has no address is missing."""
    rows = work.conn.execute(
        sa.select(choices).where(
            choices.c.department_id == department_id,
            choices.c.officer_id == sa.any_(sa.literal(list(officer_ids), sa.ARRAY(sa.BigInteger))),
        )
    )
    return {row.officer_id: MailChoice(row.address, row.state, row.wanted) for row in rows}


def mailed_news(work: Work, department_id: int, officer_ids: Sequence[int]) -> frozenset[int]:
    """Those of the officers to whom new details are mailed."""
    chosen = mail_choices(work, department_id, officer_ids) if work.mails else {}
    return frozenset(one for one, choice in chosen.items() if choice.is_mailed and choice.wanted in ("all", "news"))


def list_address(work: Work, department_id: int, officer_id: int, address: str, by: Source = "roster") -> bool:
    """A roster names his address; it takes nothing from one that he has confirmed. False when nothing changed."""
    row = {"department_id": department_id, "officer_id": officer_id, "address": address, "source": by}
    new = {**row, "state": "listed", "wanted": "nothing", "chosen_at": work.now, "confirmed_at": None}
    written = insert(choices).values(new)
    changed = work.conn.execute(
        written.on_conflict_do_update(
            constraint="mail_choice_pk",
            set_=new,
            where=sa.and_(choices.c.state == "listed", choices.c.address != address),
        )
    ).rowcount
    if changed:
        _record(work, "mail_address_listed", department_id, officer_id, source=by)
    return bool(changed)


def confirm_address(work: Work, officer: Officer, address: str, wanted: Wanted, source: Source) -> None:
    """He gave back the code that was mailed to `address`: from now on `wanted` goes there."""
    row = {"department_id": officer.department_id, "officer_id": officer.id, "address": address, "wanted": wanted}
    row |= {"state": "confirmed", "source": source, "chosen_at": work.now, "confirmed_at": work.now}
    written = insert(choices).values(row)
    work.conn.execute(written.on_conflict_do_update(constraint="mail_choice_pk", set_=row))
    _record(work, "mail_address_confirmed", officer.department_id, officer.id, source=source, wanted=wanted)


def choose_mail(
    work: Work,
    department_id: int,
    officer_id: int,
    wanted: Wanted,
    source: Source,
    address: str | None = None,
    **told: Any,
) -> bool:
    """What goes to his confirmed address from now on; False when that was so already, or cannot be.

    With `address` only if that is his address still: a link out of an old mail says nothing about a new one.
    """
    where = [
        choices.c.department_id == department_id,
        choices.c.officer_id == officer_id,
        choices.c.wanted != wanted,
        sa.or_(choices.c.state == "confirmed", sa.literal(wanted == "nothing")),
    ]
    if address is not None:
        where.append(choices.c.address == address)
    changed = work.conn.execute(
        sa.update(choices).where(*where).values(wanted=wanted, source=source, chosen_at=work.now)
    ).rowcount
    if changed:
        _record(work, "mail_chosen", department_id, officer_id, wanted=wanted, source=source, **told)
    return bool(changed)


def mark_bad(work: Work, department_id: int, officer_id: int, address: str, failure: str) -> bool:
    """Its own server refuses the address: nothing is mailed there any more. False when it is not his now."""
    changed = work.conn.execute(
        sa.update(choices)
        .where(
            choices.c.department_id == department_id,
            choices.c.officer_id == officer_id,
            choices.c.address == address,
            choices.c.state == "confirmed",
        )
        .values(state="bad")
    ).rowcount
    if changed:
        _record(work, "mail_address_bad", department_id, officer_id, failure=failure)
    return bool(changed)


def holders_of(work: Work, department_id: int, address: str) -> list[int]:
    """The officers of the department whose mails go to this address."""
    found = sa.select(choices.c.officer_id).where(
        choices.c.department_id == department_id, choices.c.address == address, choices.c.state == "confirmed"
    )
    return list(work.conn.execute(found.order_by(choices.c.officer_id)).scalars())


def _record(work: Work, name: str, department_id: int, officer_id: int, **told: Any) -> None:
    event.record(work, department_id, name, "officer", officer_id, officer_id=officer_id, **told)
