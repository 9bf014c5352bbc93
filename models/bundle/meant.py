"""What people mean who write a setting in the words of their trade or of their language."""

#: Words that are written in Spanish by whoever thinks in it.
_SPANISH = {
    "lunes": "monday",
    "martes": "tuesday",
    "miercoles": "wednesday",
    "jueves": "thursday",
    "viernes": "friday",
    "sabado": "saturday",
    "domingo": "sunday",
    "dia": "day",
    "semana": "week",
    "mes": "month",
    "nunca": "never",
    "siempre": "always",
}
#: Words of agreements for what a handbook calls otherwise.
_TRADE = {
    **dict.fromkeys(("wheel", "rotary", "rotating", "round_robin", "next_up"), "rotation"),
    **dict.fromkeys(("low_hours", "low_man", "lowest_hours", "equalization", "least_hours"), "fewest_hours"),
    **dict.fromkeys(("longevity", "date_of_hire", "years_of_service"), "seniority"),
    **dict.fromkeys(("shift", "shifts", "regular_duty", "tour_of_duty"), "tours"),
}
#: What takes more than one word: by what is written, a value that must be possible there, and what to write.
_LONGER = {
    **dict.fromkeys(
        ("inverse_seniority", "reverse_seniority", "juniority", "least_senior", "junior_first"),
        ("seniority", "write {key: seniority, direction: down}"),
    ),
    **{
        said: ("calendar", f"write kind: calendar, period: {period}")
        for said, period in (("daily", "day"), ("weekly", "week"), ("monthly", "month"))
    },
}


def meant_by(word: str, allowed: list[str]) -> str:
    """The value that a word, in small letters without accents, is another name for; else the word itself."""
    name = word.strip().replace(" ", "_").replace("-", "_")
    meant = _SPANISH.get(name, _TRADE.get(name, name))
    return meant if meant in allowed else name


def written_instead(word: str, allowed: list[str]) -> str | None:
    """What to write for a word that no single value stands for; None where nothing is known."""
    needs, advice = _LONGER.get(word.strip().replace(" ", "_").replace("-", "_"), ("", ""))
    return advice if needs in allowed else None
