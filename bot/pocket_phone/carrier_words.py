"""The words that a carrier takes for itself, and what it answers to them.

Source: Twilio, "Support for opt-out keywords": a message of that one word alone, in any case. The message
goes on to the webhook all the same.
"""

from bot.pocket_phone.store import Store

OUT = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"})
IN = frozenset({"START", "YES", "UNSTOP"})
HELP = frozenset({"HELP", "INFO"})

# These are the carrier's own words, in English whatever the officer speaks, so they are not our prompts.
REPLIES = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this number."
    " Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help."
    " Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def apply_carrier_word(store: Store, *, sender: str, number: str, body: str) -> str | None:
    """Do what a carrier does with the word; gives STOP, START or HELP if it acted, else None.

    YES and START from someone who is not opted out are ordinary messages, and a second STOP is answered by nobody.
    """
    word = body.strip().upper()
    if word in OUT:
        return "STOP" if _opt_out(store, sender, number) else None
    if word in IN:
        return "START" if _opt_in(store, sender, number) else None
    return "HELP" if word in HELP else None


def is_opted_out(store: Store, *, sender: str, number: str) -> bool:
    return store.row("select 1 from opt_out where sender = ? and number = ?", sender, number) is not None


def all_opt_outs(store: Store) -> list[dict[str, str]]:
    return [dict(row) for row in store.rows("select sender, number from opt_out order by sender, number")]


def _opt_out(store: Store, sender: str, number: str) -> bool:
    with store.transaction() as db:
        return db.execute("insert or ignore into opt_out values (?, ?)", (sender, number)).rowcount == 1


def _opt_in(store: Store, sender: str, number: str) -> bool:
    with store.transaction() as db:
        return db.execute("delete from opt_out where sender = ? and number = ?", (sender, number)).rowcount == 1
