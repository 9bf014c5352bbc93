"""Whose recordings a caller hears: his department's as soon as it is known which that is, until then the line's."""

from bot.dialog.conversation import Conversation
from flows.caller import PhoneCaller
from ivr_prompts.audio import folders_of_departments
from models.people.department import department


def audio_of(caller: PhoneCaller, conversation: Conversation) -> str:
    """The slug of the department whose own recordings go first in this turn; empty for the line's alone.

    A line of one department is that department's; a call that the line makes is made by one. Whoever belongs to several
    on a shared line hears the line's until he has said which he means.
    """
    if not folders_of_departments():
        return ""
    known = _department_of(caller, conversation)
    return department(caller.work, known).slug if known is not None else ""


def _department_of(caller: PhoneCaller, conversation: Conversation) -> int | None:
    if caller.is_identified and hasattr(caller, "membership"):
        chosen = conversation.department_at(caller.work.now)
        return caller.department.id if chosen or len(caller.memberships()) == 1 else None
    called_by = [frame.memory["department_id"] for frame in conversation.frames if frame.flow == "outbound"]
    served = called_by or caller.line.departments
    return int(served[0]) if len(served) == 1 else None
