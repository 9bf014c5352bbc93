"""Draws every record's life for docs/lifecycles.md, from the tables that the verbs themselves go by.

After a change: `python -m models.lifecycle_drawings > docs/lifecycles.md`.
"""

import sys

from models.awarding.asking import call_out, offer, owed_detail
from models.awarding.emergencies import emergency
from models.details import detail, posting, slot
from models.lifecycle import Arrow, Lifecycle
from models.line import call, conversation, mail_out, message_out, outbound_call, recording, waiting
from models.people import enrolment
from models.working import assignment, assignment_drop, relief, swap_request, welfare

# In the order of the story: ordered, posted, held, offered, worked, given back; then what is said about it.
RECORDS: dict[str, Lifecycle] = {
    "Detail": detail.LIFECYCLE,
    "Posting": posting.LIFECYCLE,
    "Slot": slot.LIFECYCLE,
    "Emergency": emergency.LIFECYCLE,
    "Call-out": call_out.LIFECYCLE,
    "Offer": offer.LIFECYCLE,
    "Owed detail": owed_detail.LIFECYCLE,
    "Assignment": assignment.LIFECYCLE,
    "Drop": assignment_drop.LIFECYCLE,
    "Swap request": swap_request.LIFECYCLE,
    "Relief": relief.LIFECYCLE,
    "Welfare check": welfare.LIFECYCLE,
    "Enrolment": enrolment.LIFECYCLE,
    "Message out": message_out.LIFECYCLE,
    "Mail out": mail_out.LIFECYCLE,
    "Outbound call": outbound_call.LIFECYCLE,
    "Conversation": conversation.LIFECYCLE,
    "Call": call.LIFECYCLE,
    "Waiting": waiting.LIFECYCLE,
    "Recording": recording.LIFECYCLE,
}

_HEAD = """\
# Lifecycles

What may become of each record. Drawn from the code by `python -m models.lifecycle_drawings`; not edited by hand.

A verb moves a record along an arrow only if it still stands where the arrow starts. Of two who are there at the same
moment one finds it gone, and is told so. Every move writes the event beside it, in the same transaction.
"""


def document() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_chapter(title, life) for title, life in RECORDS.items())])


def _chapter(title: str, life: Lifecycle) -> str:
    return "\n".join(
        [f"## {title}", "", "```mermaid", "stateDiagram-v2", *_drawing(life), "```", "", *_table(life.arrows), ""]
    )


def _drawing(life: Lifecycle) -> list[str]:
    starts = [f"    [*] --> {state}" for state in life.starts]
    moves = [f"    {source} --> {arrow.target}: {arrow.verb}" for arrow in life.arrows for source in arrow.sources]
    return [*starts, *moves, *(f"    {state} --> [*]" for state in _ends(life))]


def _ends(life: Lifecycle) -> list[str]:
    left = {source for arrow in life.arrows for source in arrow.sources}
    return [state for state in life.states() if state not in left]


def _table(arrows: tuple[Arrow, ...]) -> list[str]:
    head = ["| verb | from | to | when | event |", "|---|---|---|---|---|"]
    return head + [
        f"| {arrow.verb} | {', '.join(arrow.sources)} | {arrow.target} | {arrow.meaning} | `{arrow.event}` |"
        for arrow in arrows
    ]


if __name__ == "__main__":
    sys.stdout.write(document())
