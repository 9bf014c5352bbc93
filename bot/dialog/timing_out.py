"""Nobody answered a question in time: the flow says what follows, if the question still stands."""

from bot.dialog.conversation import from_json
from bot.dialog.events import TimedOut
from bot.dialog.keeping import Kept, keep
from bot.dialog.runner import take_turn
from bot.dialog.understanding.understood import Understood
from flows.caller import Caller
from flows.catalogue import catalogue
from models.line.conversation import conversation_with, whose
from models.people.membership import memberships
from models.people.person import lock_persons
from models.people.phone import number_of
from models.session import Work


def time_out(work: Work, department_id: int, conversation_id: int, turn_number: int) -> None:
    """Lets the question of that turn time out. A timer whose turn has passed does nothing."""
    owner = whose(work, department_id, conversation_id)
    lock_persons(work, [owner.person_id])
    stored = conversation_with(work, department_id, owner.person_id, owner.line_id, owner.channel)
    number = number_of(work, owner.person_id)
    if stored is None or number is None:
        return
    conversation = from_json(stored.dialog)
    work.see_line(owner.line_id)
    found = memberships(work, owner.person_id, owner.line_id, number)
    meant = [one for one in found if conversation.asked_in in (None, one.department.id)]
    if not meant or conversation.turn != turn_number or not conversation.frames:
        return
    caller = Caller(work, meant[0], number, owner.line_id)
    turn = take_turn(
        catalogue(), conversation, TimedOut(turn_number), work.now, caller, lambda text, _: Understood("nothing", text)
    )
    keep(work, Kept(department_id, owner.line_id, None, None), caller, conversation, turn)
