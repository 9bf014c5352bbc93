"""What a phone does when it rings."""

import dataclasses

from bot.pocket_phone.store import Store

ANSWERING = {
    "nobody": "It rings until the caller gives up: no answer.",
    "by hand": "It rings until somebody takes it up, on the page or by the control API.",
    "person": "A person takes it up at once.",
    "machine": "An answering machine takes it up, greets and beeps; it presses no key.",
    "busy": "It is busy.",
    "declined": "Its owner declines the call, which the caller hears as busy.",
    "unreachable": "The number cannot be reached: the call fails.",
}


@dataclasses.dataclass(frozen=True)
class Habit:
    """`verstat` is what the carriers attest of calls made from it (Twilio's StirVerstat), None if nothing.

    With `is_timed` time passes on calls to it as for a person; without it they wait for what its person does.
    """

    answering: str = "nobody"
    verstat: str | None = None
    is_timed: bool = False


def habit_of(store: Store, number: str) -> Habit:
    """How this phone answers; a phone that nobody spoke of is not minded."""
    row = store.row("select answering, verstat, is_timed from phone_habit where number = ?", number)
    return Habit(row["answering"], row["verstat"], bool(row["is_timed"])) if row else Habit()


def put_habit(store: Store, number: str, habit: Habit) -> None:
    """From now on; ValueError if phones cannot do that."""
    if habit.answering not in ANSWERING:
        raise ValueError(f"A phone cannot answer {habit.answering!r}; there are {', '.join(ANSWERING)}.")
    with store.transaction() as db:
        db.execute(
            "insert into phone_habit (number, answering, verstat, is_timed) values (?, ?, ?, ?) on conflict (number)"
            " do update set answering = excluded.answering, verstat = excluded.verstat, is_timed = excluded.is_timed",
            (number, habit.answering, habit.verstat, habit.is_timed),
        )


def all_habits(store: Store) -> dict[str, str]:
    return {row["number"]: row["answering"] for row in store.rows("select number, answering from phone_habit")}
