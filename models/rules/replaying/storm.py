"""Whom an emergency would call out for what its award left free. Pure."""

from dataclasses import dataclass, replace

from models.rules.asking.asking import about_facts, asking
from models.rules.asking.replacement import replacement_order
from models.rules.awarding.award import AwardedSlot, AwardResult
from models.rules.facts import AwardFacts, CommitmentFacts
from models.rules.replaying.preview import counters_after


@dataclass(frozen=True, slots=True)
class CalledOut:
    """An opening with free slots, how many are asked at a time for each, and whom, the first to be asked first."""

    opening_id: int
    free: int
    at_once: int
    officer_ids: tuple[int, ...]


def called_out(facts: AwardFacts, result: AwardResult) -> list[CalledOut]:
    """One for each opening of the facts that the award did not fill, as they are called out at its moment."""
    after = _after(facts, result)
    free = {each.id: [slot for slot in after.slots if slot.opening_id == each.id] for each in after.openings}
    return [_called(after, each.id, len(free[each.id])) for each in after.openings if free[each.id]]


def _called(facts: AwardFacts, opening_id: int, free: int) -> CalledOut:
    opening = next(each for each in facts.openings if each.id == opening_id)
    how = asking(facts.handbook, "emergency", "", about_facts(opening))
    holds = [each.officer_id for each in facts.commitments if each.opening_id == opening_id]
    order = replacement_order(facts, opening_id, (), holds, how)
    return CalledOut(opening_id, free, how.at_once, tuple(each.officer_id for each in order.candidates))


def _after(facts: AwardFacts, result: AwardResult) -> AwardFacts:
    """The facts with what the award gave."""
    given = {each.slot_id for each in result.awards}
    return replace(
        facts,
        slots=tuple(each for each in facts.slots if each.id not in given),
        commitments=(*facts.commitments, *(_held(facts, each) for each in result.awards)),
        counters=counters_after(facts, result),
        signups=(),
    )


def _held(facts: AwardFacts, given: AwardedSlot) -> CommitmentFacts:
    about = next(each for each in facts.openings if each.id == given.opening_id)
    return CommitmentFacts(
        given.officer_id,
        about.starts_at,
        about.ends_at,
        about.id,
        about.detail,
        pool=about.pool,
        work=about.work,
        site=about.site,
        area=about.area,
    )
