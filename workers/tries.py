"""What all our tries to reach an officer about something came to, by text and by call."""

from dataclasses import dataclass

from models.awarding.asking.contact import NOT_REACHED
from models.line import message_out
from models.line.outbound_call import Why, calls_about
from models.rules.asking.calling import all_tries
from models.rules.clauses.outcomes import OutcomeName
from models.session import Work
from workers.telling import was_tried

_SUBJECT = {"offer": "offer", "award": "assignment"}


@dataclass(frozen=True, slots=True)
class Tried:
    """The handbook's word for what the tries came to, and by which channel; None: as texts are."""

    outcome: OutcomeName
    channel: str | None

    @property
    def reached_him(self) -> bool:
        """Whether it was put to him, so that the time to answer is over; else the carrier lost it."""
        return self.outcome not in NOT_REACHED


def tries(work: Work, department_id: int, why: Why, subject_id: int) -> Tried:
    """What it came to when no answer came; `not_attempted` when nothing was tried."""
    subject = (_SUBJECT[why], subject_id)
    about = calls_about(work, department_id, why, subject_id)
    calls = [each.outcome for each in about if each.outcome is not None]
    # Who rang back heard it, and hung up without an answer.
    calls += ["heard_and_hung_up" for each in about if each.rang_back_at is not None]
    texted = message_out.is_with_him(work, department_id, subject)
    outcome = all_tries(calls, texted=texted, text_failed=was_tried(work, department_id, subject))
    is_by_call = bool(calls) and not (texted and outcome == "no_answer")
    return Tried(outcome, "voice" if is_by_call else None)


def was_told_by_call(work: Work, department_id: int, why: Why, subject_id: int) -> bool:
    """Whether a call, his own or ours, said what it is about, or to call back: then he has his time to answer."""
    calls = calls_about(work, department_id, why, subject_id)
    return any(
        each.heard in ("matter", "message") or each.outcome == "answered" or each.rang_back_at is not None
        for each in calls
    )
