"""What a call of ours says: for each text that may be called instead, the prompt that carries the same.

The greeting discloses nothing: whoever answers the telephone may be anybody, and hears the matter only after a key.
"""

from collections.abc import Mapping

GREETING = "outbound.greeting"
"""Says who calls whom, and about what kind of matter (`matter`, a list of one prompt out of `MATTERS`)."""
VOICEMAIL = "outbound.voicemail"
"""For a machine: our number and a code to key when calling back. No place, no time."""
TOO_LATE = "outbound.too_late"
"""Somebody else was faster with the last slot."""

CALLED: Mapping[str, str] = {
    "award.awarded": "outbound.award",
    "award.remind": "outbound.award_again",
    "award.lapsed": "outbound.passed_on",
    "award.unreachable": "outbound.award_unreachable",
    "award.ordered_in": "outbound.ordered_in",
    "offer.made": "outbound.offer",
    "offer.again": "outbound.offer_again",
    "offer.emergency": "outbound.offer_emergency",
    "offer.swap": "outbound.offer_swap",
    "offer.owed": "outbound.offer_owed",
    "offer.gone": "outbound.offer_gone",
    "reminder.night_before": "outbound.night_before",
    "reminder.hour_before": "outbound.hour_before",
    "replacement.taken": "outbound.replaced",
    "replacement.nobody": "outbound.not_replaced",
    "watch.late": "outbound.late",
    "watch.check_out_missing": "outbound.check_out_missing",
    "owed.owed": "outbound.owed",
}
"""By the prompt of the text: what is said in a call instead, with the same fields."""

MATTERS: Mapping[str, str] = {
    **dict.fromkeys(("award.awarded", "award.remind"), "outbound.matter_award"),
    **{text: "outbound.matter_offer" for text in CALLED if text.startswith("offer.")},
    **{text: "outbound.matter_reminder" for text in CALLED if text.startswith("reminder.")},
    "award.ordered_in": "outbound.matter_order",
    "watch.late": "outbound.matter_urgent",
}
"""What the greeting calls the matter, where it is more than a message."""
OTHER_MATTER = "outbound.matter_news"


def spoken_for(prompt: str) -> str | None:
    """The prompt that a call says in place of a text; None for what is never called."""
    return CALLED.get(prompt)


def matter_of(prompt: str) -> list[dict[str, str]]:
    """What the greeting calls the matter of a text, as its field `matter` takes it."""
    return [{"prompt": MATTERS.get(prompt, OTHER_MATTER)}]
