"""One text from a phone, inside the transaction that wrote it down: who and which department, the turn, the record.

Where several departments share a line, the code in the text says which is meant, of IN and OUT the work he has now,
else the open question, else what he chose in the last hours, else he is asked.
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.dialog.conversation import Conversation, from_json
from bot.dialog.events import Event, Heard, Started
from bot.dialog.inbound import InboundText
from bot.dialog.keeping import Kept, keep
from bot.dialog.questions import question_of
from bot.dialog.runner import take_turn
from bot.dialog.strangers import answer_stranger
from bot.dialog.understanding.reading import Hearing, understand
from bot.dialog.understanding.understood import Understood
from flows.caller import Caller
from flows.catalogue import catalogue
from ivr_prompts import languages
from models.awarding.telling.mine import departments_worked_for
from models.details.opening import departments_with_code
from models.line.conversation import conversation_with
from models.people.membership import Membership, memberships
from models.session import Work

ANYWHERE = frozenset(
    {
        "emergency",
        "opt_out",
        "opt_in",
        "help",
        "menu",
        "agent",
        "back",
        "repeat",
        "language",
        "english",
        "spanish",
        "join",
    }
)
"""Commands that mean the same in every department: nobody is asked which one before a call for help is answered."""

COMING_AND_GOING = frozenset({"check_in", "check_out", "sure_check_out"})


def take_text(work: Work, line: Any, text: InboundText) -> None:
    """Does what the text says, once. `line` is the row of `Database.begin_on_line`; raises what the verbs raise."""
    found = [] if text.person_id is None else memberships(work, text.person_id, line.id, text.from_number)
    if not found or text.person_id is None:
        answer_stranger(work, line, text)
        return
    stored = conversation_with(work, line.department_id, text.person_id, line.id, "sms")
    conversation = from_json(stored.dialog) if stored else Conversation()
    _Text(work, line, text, found).take(replace(conversation, language=_language(found[0])))


def _language(member: Membership) -> str:
    """The person's own, wherever it was changed; English where there are no prompts in it."""
    language = member.officer.language
    return language if language in languages() else "en"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of somebody we know."""

    work: Work
    line: Any
    text: InboundText
    memberships: list[Membership]

    def take(self, conversation: Conversation) -> None:
        """Understands it, takes the turn, and keeps what came of it."""
        heard = self._understand(self.text.body, conversation)
        meant = self._meant(heard, conversation)
        caller = Caller(self.work, meant or self.memberships[0], self.text.from_number, self.line.id, self.text.body)
        turn = take_turn(
            catalogue(), conversation, self._event(heard, meant), self.work.now, caller, _Reread(self, caller)
        )
        keep(
            self.work,
            Kept(self.line.department_id, self.line.id, self.text.message_in_id, heard),
            caller,
            conversation,
            turn,
        )

    def of(self, department_id: int | None) -> Membership | None:
        """His membership in a department."""
        return next((one for one in self.memberships if one.department.id == department_id), None)

    def reread(self, body: str, conversation: Conversation) -> Understood:
        """Reads a text again that waited for a department."""
        return self._understand(body, conversation)

    def _understand(self, body: str, conversation: Conversation) -> Understood:
        hearing = Hearing(
            catalogue=catalogue(),
            question=question_of(catalogue(), conversation, self.work.now),
            language=conversation.language,
            opted_out=any(one.opted_out for one in self.memberships),
            opt_out_type=self.text.opt_out_type or "",
            now=self.work.now.astimezone(self.memberships[0].department.zone),
        )
        return understand(body, hearing)

    def _event(self, heard: Understood, meant: Membership | None) -> Event:
        if meant is not None:
            return Heard(heard)
        departments = [{"id": one.department.id, "name": one.department.name} for one in self.memberships]
        return Started("department", {"departments": departments, "heard": self.text.body})

    def _meant(self, heard: Understood, conversation: Conversation) -> Membership | None:
        if len(self.memberships) == 1:
            return self.memberships[0]
        return (
            self._named(heard)
            or self._at_work(heard)
            or self.of(conversation.asked_in)
            or self.of(conversation.department_at(self.work.now))
            or (self.memberships[0] if heard.kind != "command" or heard.command in ANYWHERE else None)
        )

    def _named(self, heard: Understood) -> Membership | None:
        """The one department in which a code that was said is live."""
        known: set[int] = set()
        for code in heard.slots.get("codes", ()):
            known.update(departments_with_code(self.work, code))
        named = [one for one in self.memberships if one.department.id in known]
        return named[0] if len(named) == 1 else None

    def _at_work(self, heard: Understood) -> Membership | None:
        """Who comes or leaves means the one department that he works for now."""
        if heard.command not in COMING_AND_GOING:
            return None
        working = departments_worked_for(self.work, self.memberships[0].officer.person_id)
        return self.of(working[0]) if len(working) == 1 else None


@dataclass(frozen=True, slots=True)
class _Reread:
    """Reads the waiting text again for the department that was chosen; from here on verbs act there."""

    text: _Text
    caller: Caller

    def __call__(self, body: str, conversation: Conversation) -> Understood:
        chosen = self.text.of(conversation.department_at(self.caller.work.now))
        self.caller.membership = chosen or self.caller.membership
        self.caller.heard = body
        return self.text.reread(body, conversation)
