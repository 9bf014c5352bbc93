"""What may go wrong on demand: for one phone or any, for the next few or until cleared, and counted."""

import dataclasses

from bot.pocket_phone.store import Store

KINDS = {
    "duplicate": "An incoming text, or a call's webhook, is delivered twice, at the same time.",
    "429": "The API refuses the send, or the call, with 429, too many requests.",
    "500": "The API fails with 500 and sends nothing.",
    "answer_lost": "The API takes the message or the call and then fails with 500, so nobody can know.",
    "undelivered": "The carrier does not deliver; give a code.",
    "failed": "The message, or the call, fails before it reaches a carrier; give a message a code.",
    "late": "Webhook and callbacks come late by so many seconds.",
    "out_of_order": "Status callbacks come last one first.",
    "callback_twice": "Each status callback comes twice.",
    "callback_lost": "Status callbacks never come.",
}
# Twilio's error dictionary, the ones a carrier's delivery ends with.
CODES = {
    30001: "Queue overflow",
    30002: "Account suspended",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30022: "US A2P 10DLC - Rate Limits Exceeded",
}


@dataclasses.dataclass
class Fault:
    """One switch; `remaining` None means until cleared, `number` None means any phone."""

    id: int
    kind: str
    number: str | None
    remaining: int | None
    code: int | None
    seconds: float
    taken: int


class Faults:
    """The switches, kept in memory for speed and in the store for the next start; the store's turn is their lock."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._faults = [Fault(**row) for row in store.rows("select * from fault order by id")]

    def set(
        self,
        kind: str,
        *,
        number: str | None = None,
        count: int | None = None,
        code: int | None = None,
        seconds: float = 0,
    ) -> Fault:
        """Turn a fault on; ValueError if there is none of that kind, or its code is not a carrier's."""
        kind = kind.replace(" ", "_")
        if kind not in KINDS:
            raise ValueError(f"There is no fault {kind!r}; there are {', '.join(KINDS)}.")
        if kind in ("undelivered", "failed"):
            code = code or 30003
        if code is not None and code not in CODES:
            raise ValueError(f"{code} is not a delivery error; there are {', '.join(map(str, CODES))}.")
        with self._store.transaction() as db:
            cursor = db.execute(
                "insert into fault (kind, number, remaining, code, seconds) values (?, ?, ?, ?, ?)",
                (kind, number, count, code, seconds),
            )
            fault = Fault(cursor.lastrowid or 0, kind, number, count, code, seconds, 0)
            self._faults.append(fault)
        return fault

    def take(self, kind: str, number: str) -> Fault | None:
        """The fault that strikes this phone now, used up by one; None is the ordinary day."""
        if not self._faults:
            return None
        with self._store.transaction() as db:
            fault = next((fault for fault in self._faults if _strikes(fault, kind, number)), None)
            if fault is None:
                return None
            fault.taken += 1
            if fault.remaining is not None:
                fault.remaining -= 1
            db.execute(
                "update fault set remaining = ?, taken = ? where id = ?", (fault.remaining, fault.taken, fault.id)
            )
        return fault

    def clear(self, fault_id: int | None = None) -> None:
        """Turn one fault off, or all."""
        with self._store.transaction() as db:
            self._faults = [fault for fault in self._faults if fault_id is not None and fault.id != fault_id]
            db.execute("delete from fault where ? is null or id = ?", (fault_id, fault_id))

    def all(self) -> list[Fault]:
        with self._store.transaction():
            return [dataclasses.replace(fault) for fault in self._faults]


def _strikes(fault: Fault, kind: str, number: str) -> bool:
    return fault.kind == kind and fault.remaining != 0 and fault.number in (None, number)
