"""Places in the alphabet, so that facts need no names."""

import unicodedata
from collections.abc import Mapping

_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def name_places(names: Mapping[int, str]) -> dict[int, int]:
    """The place of each name in the alphabet, from 1, by last name, then first; equal names have the same place."""
    keys = {number: _as_listed(name) for number, name in names.items()}
    places = {key: place for place, key in enumerate(sorted(set(keys.values())), start=1)}
    return {number: places[key] for number, key in keys.items()}


def _as_listed(name: str) -> tuple[str, str]:
    """Last name and the rest, without case and accents; `Diaz, Luis` and `Luis Diaz Jr.` are the same Diaz."""
    last, comma, first = _plain(name).partition(",")
    if comma:
        return last.strip(), first.strip()
    words = [word for word in last.split() if word.strip(".") not in _AFTER_NAMES] or last.split()
    return words[-1], " ".join(words[:-1])


def _plain(name: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
