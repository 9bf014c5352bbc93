"""The page with the phones."""

from flask import Blueprint, current_app, render_template

from bot.pocket_phone.faults import CODES, KINDS
from bot.pocket_phone.lines import all_contacts, all_lines

page = Blueprint("page", __name__)


@page.get("/")
def phones() -> str:
    phone = current_app.extensions["pocket_phone"]
    return render_template(
        "pocket_phone.html",
        contacts=all_contacts(phone.store),
        lines=all_lines(phone.store),
        kinds=KINDS,
        codes=CODES,
    )
