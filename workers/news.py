"""News: what many officers are told in the same words, by text, by mail or by both, as each of them chose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.dialog.events import Line
from bot.dialog.mails import letter_of
from bot.dialog.rendering import render, voice_for
from models.line import mail_out, message_out
from models.line.line import line_of
from models.line.mail_choice import MailChoice
from models.line.mail_out import Letter
from models.people.department import Department
from models.people.officer import Officer
from models.people.phone import number_of
from models.rules.asking.telling import Ways, ways_to_tell
from models.session import Work


@dataclass(slots=True)
class Bulletin:
    """One piece of news. Its words are made once for each language, however many are told."""

    work: Work
    where: Department
    prompt: str
    values: Mapping[str, Any]
    subject: tuple[str, int] | None = None
    _line_id: int | None = field(default=None, init=False)
    _texts: dict[str, str] = field(default_factory=dict, init=False)
    _letters: dict[str, Letter | None] = field(default_factory=dict, init=False)

    def tell(self, officer: Officer, ways: Ways, chosen: MailChoice | None) -> None:
        """Tell him so; `chosen` has the address for a mail."""
        if ways.text:
            self._text(officer)
        if ways.mail and chosen is not None:
            self._mail(officer, chosen.address)

    def _text(self, officer: Officer) -> None:
        number = number_of(self.work, officer.person_id)
        if number is None:
            return
        language = officer.language
        if language not in self._texts:
            voice = voice_for(language, self.where.zone)
            self._texts[language] = render([Line(self.prompt, self.values)], voice)
        message_out.write(
            self.work,
            self.where.id,
            self._line(),
            number,
            self._texts[language],
            prompt=self.prompt,
            person_id=officer.person_id,
            subject=self.subject,
        )

    def _mail(self, officer: Officer, address: str) -> None:
        language = officer.language
        if language not in self._letters:
            self._letters[language] = letter_of(self.prompt, self.values, language, self.where.zone)
        letter = self._letters[language]
        if letter is not None:
            mail_out.write(
                self.work,
                self.where.id,
                self._line(),
                officer.id,
                address,
                letter,
                prompt=self.prompt,
                subject=self.subject,
            )

    def _line(self) -> int:
        if self._line_id is None:
            self._line_id = line_of(self.work, self.where.id)
        return self._line_id


def ways_for(chosen: MailChoice | None, *, texts_agreed: bool, is_first_come: bool = False) -> Ways:
    """By what an officer with this choice is told news."""
    wanted = chosen.wanted if chosen is not None and chosen.is_mailed else None
    return ways_to_tell(wanted, texts_agreed=texts_agreed, is_first_come=is_first_come)
