"""Who plays in a transcript: the people of its bundles, by the names a transcript calls them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import phonenumbers

from bot.transcripts.playing import StageError
from models.bundle.schema import Bundle, OfficerRecord


@dataclass(frozen=True, slots=True)
class Cast:
    """Names, phones and lines. A person who is in two bundles has one phone and is one person."""

    names: Mapping[str, str]
    """The name a transcript uses for each phone, by number."""
    numbers: Mapping[str, frozenset[str]]
    """The phones that a word may mean, by the word in lower case."""
    lines: Mapping[str, str]
    """The line of each department, by its slug and by its name in lower case; the first one first."""
    usual_lines: Mapping[str, str]
    """The line somebody texts when nothing is said, by phone."""

    def number_of(self, who: str) -> str:
        """The phone of somebody called so, or the number that is written out; raises `StageError`."""
        found = self.numbers.get(who.lower(), frozenset())
        if len(found) > 1:
            raise StageError(f"more than one is called {who}; write the whole name or the badge")
        if found:
            return next(iter(found))
        written = _number(who)
        if written is None:
            raise StageError(f"nobody here is called {who}")
        return written

    def line_of(self, department: str, who: str) -> str:
        """The line of the department; with none named, the one `who` usually texts; raises `StageError`."""
        if not department:
            return self.usual_lines.get(self.number_of(who), next(iter(self.lines.values())))
        if department.lower() not in self.lines:
            raise StageError(f"there is no department {department}")
        return self.lines[department.lower()]

    def name_of(self, number: str) -> str:
        """What the cast calls whoever has this phone; the number itself for a stranger."""
        return self.names.get(number, number)


def cast_of(bundles: Sequence[Bundle]) -> Cast:
    """The cast of these departments. Raises `StageError` for a department without a line."""
    people = list(_people(bundles))
    numbers: dict[str, set[str]] = {}
    for _, number, words in people:
        for word in words:
            numbers.setdefault(word.lower(), set()).add(number)
    short = {word for word, found in numbers.items() if len(found) == 1}
    return Cast(
        names={number: _shortest(words, short) for _, number, words in reversed(people)},
        numbers={word: frozenset(found) for word, found in numbers.items()},
        lines={name.lower(): _line(each) for each in bundles for name in (each.department.slug, each.department.name)},
        usual_lines={number: _line(bundle) for bundle, number, _ in reversed(people)},
    )


def _people(bundles: Sequence[Bundle]) -> Iterator[tuple[Bundle, str, list[str]]]:
    """Everybody with a phone, and what he may be called: the shortest first."""
    for bundle in bundles:
        for officer in bundle.officers:
            for phone in officer.phones[:1]:
                yield bundle, phone, _words_for(officer)
        for site in bundle.sites:
            if site.contact_name and site.contact_phone:
                yield bundle, site.contact_phone, [site.contact_name, f"{site.contact_name} of {site.ref}"]
        for contractor in bundle.contractors:
            for phone in contractor.phones[:1]:
                yield bundle, phone, [contractor.name, contractor.ref]


def _words_for(officer: OfficerRecord) -> list[str]:
    return [officer.name.split()[-1], officer.name, officer.badge, officer.ref]


def _shortest(words: list[str], unambiguous: set[str]) -> str:
    return next((word for word in words if word.lower() in unambiguous), words[1])


def _line(bundle: Bundle) -> str:
    if not bundle.department.lines:
        raise StageError(f"{bundle.department.name} has no line to text; give it one under department: lines:")
    return bundle.department.lines[0]


def _number(who: str) -> str | None:
    """A number as people write it in the country the line is in."""
    if not re.fullmatch(r"[+\d][\d ().-]{5,}", who):
        return None
    try:
        return phonenumbers.format_number(phonenumbers.parse(who, "US"), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return None
