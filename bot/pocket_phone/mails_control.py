"""What was mailed in a demonstration: for its player as JSON, and for people as a page."""

from email.message import EmailMessage
from typing import Any

from flask import Blueprint, render_template, request

from bot.pocket_phone.rest import the_phone

mails_control = Blueprint("mails_control", __name__)


@mails_control.get("/pocket/mails")
def mails() -> dict[str, Any]:
    """All mails after a number, oldest first; `key` is the first half of its Message-ID."""
    found = the_phone().mailbox.after(request.args.get("after", 0, int))
    return {"mails": [_view(number, each) for number, each in found]}


@mails_control.get("/mails")
def page() -> str:
    """The mails, newest first; it is loaded again by hand."""
    found = [_view(number, each) for number, each in the_phone().mailbox.after(0)]
    return render_template("mails.html", mails=found[::-1])


def _view(number: int, mail: EmailMessage) -> dict[str, Any]:
    return {
        "id": number,
        "key": str(mail["Message-ID"]).strip("<> ").partition("@")[0],
        "from": str(mail["From"]),
        "to": str(mail["To"]),
        "subject": str(mail["Subject"]),
        "body": mail.get_content() if mail.get_content_type() == "text/plain" else "",
    }
