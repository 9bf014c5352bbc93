"""What a call of ours tells in place of a text: for each such text the prompt that carries the same.

The checks hold the two together, so that nobody hears less on a call than he would read.
"""

from collections.abc import Mapping

CALLED: Mapping[str, str] = {
    "award.awarded": "outbound.award",
    "award.ordered_in": "outbound.ordered_in",
    "offer.made": "outbound.offer",
    "offer.again": "outbound.offer_again",
    "offer.emergency": "outbound.offer_emergency",
    "reminder.night_before": "outbound.night_before",
    "reminder.hour_before": "outbound.hour_before",
    "watch.late": "outbound.late",
}
