"""
Every reason a decision may have, and the figures that come with it. A reason is the key of a prompt; figures are
typed by their names: `_minutes` are whole minutes, `_at` aware times, `_on` dates, all others numbers or words
of the department's own.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator

Figure = int | float | str | date | datetime | None


def _typed_by_name(figures: Any) -> Any:
    return {name: _typed(name, value) for name, value in figures.items()}


def _typed(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name.endswith("_on") else value


Figures = Annotated[dict[str, Figure], BeforeValidator(_typed_by_name)]


class Reason(StrEnum):
    """Why a decision is what it is. Each has its meaning in MEANINGS."""

    STATUS_ACTIVE = "status_active"
    STATUS_SICK = "status_sick"
    STATUS_INJURED = "status_injured"
    STATUS_SUSPENDED = "status_suspended"
    STATUS_PROBATION = "status_probation"
    STATUS_LIGHT_DUTY = "status_light_duty"
    STATUS_LEAVE = "status_leave"
    STATUS_IN_TRAINING = "status_in_training"
    STATUS_SEPARATED = "status_separated"
    STATUS_GUEST = "status_guest"
    RANK_TOO_LOW = "rank_too_low"
    RANK_TOO_HIGH = "rank_too_high"
    RANK_NOT_AMONG = "rank_not_among"
    QUALIFICATION_MISSING = "qualification_missing"
    QUALIFICATION_EXPIRED = "qualification_expired"
    ENOUGH_OF_RANK = "enough_of_rank"
    UNIT_BARRED = "unit_barred"
    OTHER_UNIT = "other_unit"
    POOL_NOT_JOINED = "pool_not_joined"
    OWN_EXCLUSION = "own_exclusion"
    NOT_PLACED_THERE = "not_placed_there"
    NOT_PLACED_THERE_UNTIL = "not_placed_there_until"
    BARRED_LATE_DROP = "barred_late_drop"
    BARRED_NO_SHOW = "barred_no_show"
    BARRED_SAME_DAY = "barred_same_day"
    BARRED_BY_HAND = "barred_by_hand"
    BARRED_DROP = "barred_drop"
    BARRED_LATE = "barred_late"
    OFF_THE_LIST = "off_the_list"
    ON_LEAVE = "on_leave"
    AWAY = "away"
    OVERLAPS_TOUR = "overlaps_tour"
    OVERLAPS_ASSIGNMENT = "overlaps_assignment"
    COMMITTED_ELSEWHERE = "committed_elsewhere"
    REST_AFTER_TOUR = "rest_after_tour"
    REST_BEFORE_TOUR = "rest_before_tour"
    REST_AFTER_DETAIL = "rest_after_detail"
    REST_BEFORE_DETAIL = "rest_before_detail"
    REST_AFTER_LEAVE = "rest_after_leave"
    REST_BEFORE_LEAVE = "rest_before_leave"
    REST_AFTER_STRETCH = "rest_after_stretch"
    SHIFT_AFTER_TOUR = "shift_after_tour"
    SHIFT_BEFORE_TOUR = "shift_before_tour"
    SHIFT_AFTER_DETAIL = "shift_after_detail"
    SHIFT_BEFORE_DETAIL = "shift_before_detail"
    BACK_ON_DUTY_FIRST = "back_on_duty_first"
    NOT_BACK_ON_DUTY = "not_back_on_duty"
    TRAVEL_FROM_DETAIL = "travel_from_detail"
    TRAVEL_TO_DETAIL = "travel_to_detail"
    TRAVEL_FROM_TOUR = "travel_from_tour"
    TRAVEL_TO_TOUR = "travel_to_tour"
    LIMIT_ROLLING = "limit_rolling"
    LIMIT_DAY = "limit_day"
    LIMIT_WEEK = "limit_week"
    LIMIT_28_DAYS = "limit_28_days"
    LIMIT_MONTH = "limit_month"
    LIMIT_PERIOD = "limit_period"
    LIMIT_LONG_USED = "limit_long_used"
    LIMIT_CONSECUTIVE = "limit_consecutive"
    LIMIT_DAYS_IN_A_ROW = "limit_days_in_a_row"
    LIMIT_SHIFTS_IN_A_ROW = "limit_shifts_in_a_row"
    LIMIT_DETAILS = "limit_details"
    LIMIT_HAD_HOURS = "limit_had_hours"
    LIMIT_HAD_DETAILS = "limit_had_details"
    NOT_LENT = "not_lent"
    LENT_NOT_YET = "lent_not_yet"
    LENT_DETAILS_REACHED = "lent_details_reached"
    LENT_HOURS_REACHED = "lent_hours_reached"
    SIGNED_UP_AFTER_CLOSE = "signed_up_after_close"
    ENTRY_NOT_YET = "entry_not_yet"
    NOT_IN_ANY_ROUND = "not_in_any_round"
    NO_ROUND_NOW = "no_round_now"
    AWARDED = "awarded"
    ORDERED_IN = "ordered_in"
    RECALLED = "recalled"
    ASKED_BEFORE = "asked_before"
    TO_BE_TOLD = "to_be_told"
    OUTRANKED_BY_SENIORITY = "outranked_by_seniority"
    OUTRANKED_BY_RANK = "outranked_by_rank"
    OUTRANKED_BY_DATE_IN_RANK = "outranked_by_date_in_rank"
    OUTRANKED_BY_BADGE = "outranked_by_badge"
    OUTRANKED_BY_ROTATION = "outranked_by_rotation"
    OUTRANKED_BY_FEWEST_HOURS = "outranked_by_fewest_hours"
    OUTRANKED_BY_FEWEST_TURNS = "outranked_by_fewest_turns"
    OUTRANKED_BY_POINTS = "outranked_by_points"
    OUTRANKED_BY_JOB_CLASS = "outranked_by_job_class"
    OUTRANKED_WITHOUT_JOB_CLASS = "outranked_without_job_class"
    OUTRANKED_BY_NAME = "outranked_by_name"
    OUTRANKED_BY_LOTTERY = "outranked_by_lottery"
    OUTRANKED_BY_PREFERENCE = "outranked_by_preference"
    OUTRANKED_WITHOUT_PREFERENCE = "outranked_without_preference"
    OUTRANKED_BY_FIRST_COME = "outranked_by_first_come"
    OUTRANKED_BY_OWN_UNIT = "outranked_by_own_unit"
    OUTRANKED_BY_LAST_CONTACTED = "outranked_by_last_contacted"
    EARLIER_ROUND = "earlier_round"
    NO_FREE_SLOT = "no_free_slot"
    AWARDED_PREFERRED = "awarded_preferred"
    AWARDED_OVERLAPPING = "awarded_overlapping"
    ROUND_DETAILS_REACHED = "round_details_reached"
    ROUND_HOURS_REACHED = "round_hours_reached"
    WEEK_DETAILS_REACHED = "week_details_reached"
    WEEK_HOURS_REACHED = "week_hours_reached"
    DAYS_28_DETAILS_REACHED = "28_days_details_reached"
    DAYS_28_HOURS_REACHED = "28_days_hours_reached"
    MONTH_DETAILS_REACHED = "month_details_reached"
    MONTH_HOURS_REACHED = "month_hours_reached"


#: What each reason means, and the figures it carries. What is counted comes with the `counter`, where a round has one.
MEANINGS: dict[Reason, str] = {
    Reason.STATUS_ACTIVE: "The handbook lets no active officer work.",
    Reason.STATUS_SICK: "The officer is sick.",
    Reason.STATUS_INJURED: "The officer is injured.",
    Reason.STATUS_SUSPENDED: "The officer is suspended.",
    Reason.STATUS_PROBATION: "The officer is on probation.",
    Reason.STATUS_LIGHT_DUTY: "The officer is on light duty.",
    Reason.STATUS_LEAVE: "The officer is on leave by status.",
    Reason.STATUS_IN_TRAINING: "The officer is in training.",
    Reason.STATUS_SEPARATED: "The officer has left the department.",
    Reason.STATUS_GUEST: "The officer is a guest of another department, and has only what he was invited to.",
    Reason.RANK_TOO_LOW: "The slot asks for a higher rank: `rank` he has, `needs_rank` is the lowest accepted.",
    Reason.RANK_TOO_HIGH: "The slot is for lower ranks: `rank` he has, `needs_rank` is the highest accepted.",
    Reason.RANK_NOT_AMONG: "The slot is for ranks above and below his: `rank` he has.",
    Reason.QUALIFICATION_MISSING: "He does not hold `qualification`.",
    Reason.QUALIFICATION_EXPIRED: "`qualification` has `expires_on` before the detail ends.",
    Reason.ENOUGH_OF_RANK: "On the detail at that time are `officers` of the rank `rank`, which is all there may be.",
    Reason.UNIT_BARRED: "Officers of his `unit` work no details.",
    Reason.OTHER_UNIT: "The detail is for officers of `needs_unit`.",
    Reason.POOL_NOT_JOINED: "The detail is of `pool`, for those only who joined it; he did not.",
    Reason.OWN_EXCLUSION: "The officer himself asked not to be placed there.",
    Reason.NOT_PLACED_THERE: "He is not placed there; who wished it, and why, is not said.",
    Reason.NOT_PLACED_THERE_UNTIL: "He is not placed there up to `until_on`; who wished it, and why, is not said.",
    Reason.BARRED_LATE_DROP: "Barred after a late drop; the bar `ends_at`.",
    Reason.BARRED_NO_SHOW: "Barred after a no-show; the bar `ends_at`.",
    Reason.BARRED_SAME_DAY: "Barred on the day of a dropped detail; the bar `ends_at`.",
    Reason.BARRED_BY_HAND: "Barred by the department; the bar `ends_at`.",
    Reason.BARRED_DROP: "Barred after a drop; the bar `ends_at`.",
    Reason.BARRED_LATE: "Barred after checking in late; the bar `ends_at`.",
    Reason.OFF_THE_LIST: "Refused or did not answer `passed` times in `pool`; back on the list when it `ends_at`.",
    Reason.ON_LEAVE: "On leave from `starts_at` to `ends_at`.",
    Reason.AWAY: "Away by his own word from `starts_at` to `ends_at`.",
    Reason.OVERLAPS_TOUR: "On duty from `starts_at` to `ends_at`.",
    Reason.OVERLAPS_ASSIGNMENT: "Already assigned to `detail` from `starts_at` to `ends_at`.",
    Reason.COMMITTED_ELSEWHERE: "Already committed then, in another department; nothing more may be said.",
    Reason.REST_AFTER_TOUR: "`rest_minutes` after the tour that `ends_at`; `needed_minutes` are owed.",
    Reason.REST_BEFORE_TOUR: "`rest_minutes` before the tour that `starts_at`; `needed_minutes` are owed.",
    Reason.REST_AFTER_DETAIL: "`rest_minutes` after `detail`, which `ends_at`; `needed_minutes` are owed.",
    Reason.REST_BEFORE_DETAIL: "`rest_minutes` before `detail`, which `starts_at`; `needed_minutes` are owed.",
    Reason.REST_AFTER_LEAVE: "`rest_minutes` after the leave that `ends_at`; `needed_minutes` are owed.",
    Reason.REST_BEFORE_LEAVE: "`rest_minutes` before the leave that `starts_at`; `needed_minutes` are owed.",
    Reason.REST_AFTER_STRETCH: "`stretch_minutes` in one stretch until `ends_at`; `rest_minutes` before what "
    "`starts_at` then, and `needed_minutes` are owed.",
    Reason.SHIFT_AFTER_TOUR: "Whole `shifts` are kept free after the tour that `ends_at`: free of it at `free_at`.",
    Reason.SHIFT_BEFORE_TOUR: "Whole `shifts` are kept free before the tour that `starts_at`: from `free_at` on.",
    Reason.SHIFT_AFTER_DETAIL: "Whole `shifts` are kept free after `detail`, which `ends_at`: free of it at `free_at`.",
    Reason.SHIFT_BEFORE_DETAIL: "Whole `shifts` are kept free before `detail`, which `starts_at`: from `free_at` on.",
    Reason.BACK_ON_DUTY_FIRST: "Leave that `ends_at`, and a tour must come first: from `free_at` he may again.",
    Reason.NOT_BACK_ON_DUTY: "Leave that `ends_at`, and a tour must come first; none is known.",
    Reason.TRAVEL_FROM_DETAIL: "`gap_minutes` after `detail`, which `ends_at`; the way takes `needed_minutes`.",
    Reason.TRAVEL_TO_DETAIL: "`gap_minutes` before `detail`, which `starts_at`; the way takes `needed_minutes`.",
    Reason.TRAVEL_FROM_TOUR: "`gap_minutes` after the tour that `ends_at`; the way takes `needed_minutes`.",
    Reason.TRAVEL_TO_TOUR: "`gap_minutes` before the tour that `starts_at`; the way takes `needed_minutes`.",
    Reason.LIMIT_ROLLING: "`would_be_minutes` in `window_minutes` from `starts_at`; `limit_minutes` are allowed.",
    Reason.LIMIT_DAY: "`would_be_minutes` in the day that `starts_at`; `limit_minutes` are allowed.",
    Reason.LIMIT_WEEK: "`would_be_minutes` in the week that `starts_at`; `limit_minutes` are allowed.",
    Reason.LIMIT_28_DAYS: "`would_be_minutes` in the 28 days that `starts_at`; `limit_minutes` are allowed.",
    Reason.LIMIT_MONTH: "`would_be_minutes` in the month that `starts_at`; `limit_minutes` are allowed.",
    Reason.LIMIT_PERIOD: "`would_be_minutes` in the `period_days` days that `starts_at`; `limit_minutes` are allowed.",
    Reason.LIMIT_LONG_USED: "`would_be_minutes` in the window that `starts_at`; more than `limit_minutes` are allowed "
    "`long_times` in `period_days` days, and that is used up.",
    Reason.LIMIT_CONSECUTIVE: "`would_be_minutes` from `starts_at` without a break of `break_minutes`; `limit_minutes` "
    "are allowed.",
    Reason.LIMIT_DAYS_IN_A_ROW: "`would_be_days` in a row from `starts_at`; `limit_days` are allowed.",
    Reason.LIMIT_SHIFTS_IN_A_ROW: "`would_be_shifts` in a row from `starts_at`; `limit_shifts` are allowed.",
    Reason.LIMIT_DETAILS: "`would_be_details` from `starts_at` to `ends_at`; `limit_details` are allowed.",
    Reason.LIMIT_HAD_HOURS: "Has `had_minutes` from `starts_at` to `ends_at`; who has `limit_minutes` takes no more.",
    Reason.LIMIT_HAD_DETAILS: "Has `had_details` from `starts_at` to `ends_at`; who has `limit_details` takes no more.",
    Reason.NOT_LENT: "His department does not lend him to others.",
    Reason.LENT_NOT_YET: "His department's officers are asked in turn, and his turn `opens_at`.",
    Reason.LENT_DETAILS_REACHED: "Holds `most_details` for other departments in the period that `starts_at`, which is "
    "the limit.",
    Reason.LENT_HOURS_REACHED: "Would have `would_be_minutes` for other departments in the period that `starts_at`; "
    "`limit_minutes` are allowed.",
    Reason.SIGNED_UP_AFTER_CLOSE: "Signed up at `signed_up_at`, after sign-up closed at `closes_at`.",
    Reason.ENTRY_NOT_YET: "Signed up before his turn, which `opens_at`: he is `place` in the order of `round`.",
    Reason.NOT_IN_ANY_ROUND: "No round of the handbook is for this officer and this detail. Where only his tours keep "
    "him from one, that is `day_off_round`, `work_day_round`, `tour_before_round`, `tour_after_round` or "
    "`tour_beside_round`.",
    Reason.NO_ROUND_NOW: "`left_minutes` before the start, no round of the handbook that is for him takes slots.",
    Reason.AWARDED: "Awarded slot `number` in `round`.",
    Reason.RECALLED: "Called back in to slot `number` in `round`: `place` in its order, where `passed` before him "
    "could not be.",
    Reason.ORDERED_IN: "Ordered in to slot `number` in `round`: `place` in its order, where `passed` before him could "
    "not be ordered.",
    Reason.ASKED_BEFORE: "To be asked as the `place`, before `badge`, who took the slot.",
    Reason.TO_BE_TOLD: "To be told of it, which went first come, when it was posted at `posted_at`.",
    Reason.OUTRANKED_BY_SENIORITY: "The last slot went to `badge`, senior by `theirs_on` against `yours_on`.",
    Reason.OUTRANKED_BY_RANK: "The last slot went to `badge`, by rank: `theirs` against `yours`.",
    Reason.OUTRANKED_BY_DATE_IN_RANK: "The last slot went to `badge`, longer in rank: `theirs_on` against `yours_on`.",
    Reason.OUTRANKED_BY_BADGE: "The last slot went to `badge`, equal in all else, by badge: `theirs`, `yours`.",
    Reason.OUTRANKED_BY_ROTATION: "The last slot went to `badge`, by rotation: `theirs_place`, `yours_place`.",
    Reason.OUTRANKED_BY_FEWEST_HOURS: "The last slot went to `badge`, with `theirs_minutes` against `yours_minutes`.",
    Reason.OUTRANKED_BY_FEWEST_TURNS: "The last slot went to `badge`, by details had: `theirs_turns`, `yours_turns`.",
    Reason.OUTRANKED_BY_POINTS: "The last slot went to `badge`, by points: `theirs_points` against `yours_points`.",
    Reason.OUTRANKED_BY_JOB_CLASS: "The last slot went to `badge`, by job class: `theirs` against `yours`.",
    Reason.OUTRANKED_WITHOUT_JOB_CLASS: "The last slot went to `badge` of job class `theirs`; he has none.",
    Reason.OUTRANKED_BY_NAME: "The last slot went to `badge`, by the alphabet: `theirs_place` against `yours_place`.",
    Reason.OUTRANKED_BY_LOTTERY: "The last slot went to `badge`, by lot: `theirs_drawn` against `yours_drawn`.",
    Reason.OUTRANKED_BY_PREFERENCE: "The last slot went to `badge`, by choice: `theirs_number`, `yours_number`.",
    Reason.OUTRANKED_WITHOUT_PREFERENCE: "The last slot went to `badge`, whose choice it was as `theirs_number`; "
    "he gave it no number.",
    Reason.OUTRANKED_BY_FIRST_COME: "The last slot went to `badge`, who signed up at `theirs_at`; he at `yours_at`.",
    Reason.OUTRANKED_BY_OWN_UNIT: "The last slot went to `badge` of `theirs_unit`, the detail's own; he is of "
    "`yours_unit`.",
    Reason.OUTRANKED_BY_LAST_CONTACTED: "The last slot went to `badge`, by when each was reached: `theirs_at`, "
    "`yours_at`.",
    Reason.EARLIER_ROUND: "The last slot went to `badge` in `round`, which came before any round for him.",
    Reason.NO_FREE_SLOT: "No slot was free when the award was made.",
    Reason.AWARDED_PREFERRED: "Awarded `detail`, which overlaps and which he preferred.",
    Reason.AWARDED_OVERLAPPING: "Awarded `detail`, which overlaps.",
    Reason.ROUND_DETAILS_REACHED: "Awarded `most_details` in `round` already, which is its limit.",
    Reason.ROUND_HOURS_REACHED: "Would have `would_be_minutes` in `round`; its limit is `limit_minutes`.",
    Reason.WEEK_DETAILS_REACHED: "Holds `held_details` in the week that `starts_at`; `round` allows `most_details`.",
    Reason.WEEK_HOURS_REACHED: "Would have `would_be_minutes` in the week that `starts_at`; the limit of `round` is "
    "`limit_minutes`.",
    Reason.DAYS_28_DETAILS_REACHED: "Holds `held_details` in the 28 days that `starts_at`; `round` allows "
    "`most_details`.",
    Reason.DAYS_28_HOURS_REACHED: "Would have `would_be_minutes` in the 28 days that `starts_at`; the limit of `round` "
    "is `limit_minutes`.",
    Reason.MONTH_DETAILS_REACHED: "Holds `held_details` in the month that `starts_at`; `round` allows `most_details`.",
    Reason.MONTH_HOURS_REACHED: "Would have `would_be_minutes` in the month that `starts_at`; the limit of `round` is "
    "`limit_minutes`.",
}

#: Figures that reasons carry only since awards were made without them: an award is the same with and without.
TOLD_SINCE = frozenset(
    ("rule", "day_off_round", "work_day_round", "tour_before_round", "tour_after_round", "tour_beside_round")
)
