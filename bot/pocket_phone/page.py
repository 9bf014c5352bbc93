"""The page with the phones."""

from flask import Blueprint, current_app, render_template

from bot.pocket_phone.calls.habit import ANSWERING
from bot.pocket_phone.faults import CODES, KINDS
from bot.pocket_phone.lines import all_contacts, all_lines

page = Blueprint("page", __name__)
# A phone's habits, as short as they fit on it.
_HABITS = {
    "nobody": "nobody minds it",
    "by hand": "it rings here",
    "person": "it is taken up at once",
    "machine": "a machine answers",
    "busy": "it is busy",
    "declined": "it is declined",
    "unreachable": "it cannot be reached",
}


@page.get("/")
def phones() -> str:
    phone = current_app.extensions["pocket_phone"]
    return render_template(
        "pocket_phone.html",
        contacts=all_contacts(phone.store),
        lines=all_lines(phone.store),
        kinds=KINDS,
        codes=CODES,
        answering=ANSWERING,
        habits=_HABITS,
    )
