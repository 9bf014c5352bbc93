"""What must hold between the records of a bundle: names that exist once, times that follow each other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.bundle.minimums import as_they_come
from models.bundle.problems import BundleErrors, Path, Problem
from models.bundle.rank_mix import refusal
from models.bundle.schema import Bundle, DetailRecord, SignupRecord
from models.bundle.times import to_utc

Found = Iterator[tuple[Path, str]]

COUNTS = ("hours", "turns", "points", "refused_hours", "offered_hours")


@dataclass(frozen=True, slots=True)
class Known:
    """The refs that the text gives, also those of records that are wrong; and whether its handbook could be read."""

    refs: dict[str, set[str]]
    has_handbook: bool = True

    def has(self, part: str, ref: str) -> bool:
        """Whether some record of a part is called so."""
        return ref in self.refs.get(part, ())


def reference_problems(bundle: Bundle, known: Known) -> Found:
    """Every place where records do not fit together, with what is wrong there."""
    yield from _named_once(bundle)
    yield from _named_records_exist(bundle, known)
    if known.has_handbook and bundle.brings_handbook:
        yield from _named_in_the_handbook(bundle)
    yield from _details_in_time(bundle)
    yield from _signups_in_time(bundle)
    yield from _tours_in_time(bundle)
    yield from _past_in_time(bundle)


def _named_once(bundle: Bundle) -> Found:
    for part in ("officers", "contractors", "sites", "rates", "details"):
        refs = (((part, place, "ref"), each.ref) for place, each in enumerate(getattr(bundle, part)))
        yield from _once(refs, "another record has the ref {!r} already")
    badges = ((("officers", place, "badge"), each.badge) for place, each in enumerate(bundle.officers))
    yield from _once(badges, "another officer has the badge {!r} already")
    phones = (
        (("officers", place, "phones", which), phone)
        for place, each in enumerate(bundle.officers)
        for which, phone in enumerate(each.phones)
    )
    yield from _once(phones, "the phone {!r} is given already")
    codes = (
        (("details", place, "openings", which, "code"), opening.code)
        for place, each in enumerate(bundle.details)
        for which, opening in enumerate(each.openings)
        if opening.code
    )
    yield from _once(codes, "another opening has the code {!r} already")
    yield from _signed_up_once(bundle.signups)


def _once(named: Iterable[tuple[Path, str]], message: str) -> Found:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield path, message.format(name)
        seen.add(name)


def _signed_up_once(signups: Iterable[SignupRecord]) -> Found:
    seen: set[tuple[str, str, int]] = set()
    for place, each in enumerate(signups):
        signup = (each.officer, each.detail, each.opening)
        if signup in seen:
            yield ("signups", place), f"officer {each.officer!r} signed up for {each.detail!r} already"
        seen.add(signup)


def _named_records_exist(bundle: Bundle, known: Known) -> Found:
    for path, part, ref in _refs_used(bundle):
        if not known.has(part, ref):
            yield path, f"there is no {ref!r} among {part}"
    openings = {each.ref: len(each.openings) for each in reversed(bundle.details)}
    for place, signup in enumerate(bundle.signups):
        if signup.opening > openings.get(signup.detail, signup.opening) and not _has_headcount(bundle, signup.detail):
            yield ("signups", place, "opening"), f"{signup.detail!r} has no opening {signup.opening}"
    for place, contact in enumerate(bundle.contacts):
        if contact.opening > openings.get(contact.detail, contact.opening):
            yield ("contacts", place, "opening"), f"{contact.detail!r} has no opening {contact.opening}"


def _refs_used(bundle: Bundle) -> Iterator[tuple[Path, str, str]]:
    for place, site in enumerate(bundle.sites):
        yield ("sites", place, "contractor"), "contractors", site.contractor
    for place, detail in enumerate(bundle.details):
        yield ("details", place, "site"), "sites", detail.site
        if detail.rate is not None:
            yield ("details", place, "rate"), "rates", detail.rate
    for place, signup in enumerate(bundle.signups):
        yield ("signups", place, "officer"), "officers", signup.officer
        yield ("signups", place, "detail"), "details", signup.detail
    for part in ("tours", "bars", "contacts", "elsewhere"):
        yield from (
            ((part, place, "officer"), "officers", one.officer) for place, one in enumerate(getattr(bundle, part))
        )
    for place, contact in enumerate(bundle.contacts):
        yield ("contacts", place, "detail"), "details", contact.detail
    for place, each in enumerate(bundle.exclusions):
        yield ("exclusions", place, "officer"), "officers", each.officer
        if each.contractor is not None:
            yield ("exclusions", place, "contractor"), "contractors", each.contractor
        if each.site is not None:
            yield ("exclusions", place, "site"), "sites", each.site
    yield from _details_in_emergency(bundle)
    yield from _officers_counted(bundle)


def _details_in_emergency(bundle: Bundle) -> Iterator[tuple[Path, str, str]]:
    for place, ref in enumerate((bundle.emergency.details or ()) if bundle.emergency else ()):
        yield ("emergency", "details", place), "details", ref


def _officers_counted(bundle: Bundle) -> Iterator[tuple[Path, str, str]]:
    for pool, refs in bundle.counters.rotations.items():
        for place, ref in enumerate(refs):
            yield ("counters", "rotations", pool, place), "officers", ref
    for part in COUNTS:
        for pool, counts in getattr(bundle.counters, part).items():
            for ref in counts:
                yield ("counters", part, pool, ref), "officers", ref


def check_by_handbook(bundle: Bundle, name: str) -> None:
    """Refuse ranks and pools that the handbook does not have, once it is known; `name` is the file's, for messages."""
    problems = [Problem(path, None, message) for path, message in _named_in_the_handbook(bundle)]
    if problems:
        raise BundleErrors(name, problems)


def _named_in_the_handbook(bundle: Bundle) -> Found:
    ranks, pools = bundle.handbook.ranks, bundle.handbook.pool_names
    for path, rank in _ranks_used(bundle):
        if rank not in ranks:
            yield path, f"the handbook has no rank {rank!r}; it has {', '.join(ranks)}"
    yield from _job_classes(bundle)
    yield from _headcounts(bundle)
    for path, pool in _pools_used(bundle):
        if pool not in pools:
            yield path, f"the handbook has no pool {pool!r}; it has {', '.join(pools)}"
    for pool, refs in bundle.counters.rotations.items():
        named = ((("counters", "rotations", pool, place), ref) for place, ref in enumerate(refs))
        yield from _once(named, "officer {!r} is in this rotation already")
    yield from _hours_in_minutes(bundle)
    yield from _emergency_by_the_clause(bundle)


def _emergency_by_the_clause(bundle: Bundle) -> Found:
    storm, clause = bundle.emergency, bundle.handbook.emergency
    if storm is None:
        return
    if clause is None:
        yield ("emergency",), "the handbook has no emergency clause, so none can be declared: give it `emergency:`"
        return
    times = _Times(bundle, ("emergency",), [])
    first, last = times.moment("declared_at", storm.declared_at), times.moment("until_at", storm.until_at)
    if first is not None and last is not None and last > first + timedelta(hours=clause.at_most_hours):
        yield (
            ("emergency", "until_at"),
            f"the handbook lets a declaration hold for {clause.at_most_hours:g} hours at most",
        )


def _hours_in_minutes(bundle: Bundle) -> Found:
    for part in ("hours", "refused_hours", "offered_hours"):
        for pool, hours in getattr(bundle.counters, part).items():
            for ref, count in hours.items():
                if abs(count * 60 - round(count * 60)) > 1e-6:
                    yield ("counters", part, pool, ref), f"{count} hours are not whole minutes"


def _has_headcount(bundle: Bundle, ref: str) -> bool:
    """Whether the openings of the detail are known only with the handbook."""
    return any(each.ref == ref and each.headcount is not None for each in bundle.details)


def _headcounts(bundle: Bundle) -> Found:
    for place, detail in enumerate(bundle.details):
        why = refusal(bundle, detail) if detail.headcount is not None else None
        if why:
            yield ("details", place, "headcount"), why
            return
    for place, signup in enumerate(bundle.signups):
        if _has_headcount(bundle, signup.detail):
            openings = {each.ref: len(each.openings) for each in as_they_come(bundle).details}
            if signup.opening > openings[signup.detail]:
                yield ("signups", place, "opening"), f"{signup.detail!r} has no opening {signup.opening}"


def _job_classes(bundle: Bundle) -> Found:
    classes = bundle.handbook.job_classes
    for place, officer in enumerate(bundle.officers):
        if officer.job_class is not None and officer.job_class not in classes:
            known = f"it has {', '.join(classes)}" if classes else "it has none"
            yield ("officers", place, "job_class"), f"the handbook has no job class {officer.job_class!r}; {known}"


def _ranks_used(bundle: Bundle) -> Iterator[tuple[Path, str]]:
    for place, officer in enumerate(bundle.officers):
        yield ("officers", place, "rank"), officer.rank
    for place, detail in enumerate(bundle.details):
        for which, opening in enumerate(detail.openings):
            for number, rank in enumerate(opening.ranks):
                yield ("details", place, "openings", which, "ranks", number), rank


def _pools_used(bundle: Bundle) -> Iterator[tuple[Path, str]]:
    for place, detail in enumerate(bundle.details):
        if detail.pool is not None:
            yield ("details", place, "pool"), detail.pool
    for place, officer in enumerate(bundle.officers):
        for which, pool in enumerate(officer.pools):
            yield ("officers", place, "pools", which), pool
    for pool in bundle.counters.rotations:
        yield ("counters", "rotations", pool), pool
    for part in COUNTS:
        for pool in getattr(bundle.counters, part):
            yield ("counters", part, pool), pool


@dataclass(slots=True)
class _Times:
    """Times of one record as moments; those that are no moment are reported where they stand."""

    bundle: Bundle
    path: Path
    found: list[tuple[Path, str]]

    def moment(self, name: str, written: datetime | None) -> datetime | None:
        """The moment, None where nothing is written or it is no moment."""
        try:
            return None if written is None else to_utc(written, self.bundle.zone)
        except ValueError as error:
            self.found.append(((*self.path, name), str(error)))
            return None

    def in_order(self, earlier: tuple[str, datetime | None], later: tuple[str, datetime | None]) -> None:
        """Report a later time that is before the earlier one."""
        if earlier[1] is not None and later[1] is not None and later[1] < earlier[1]:
            self.found.append(((*self.path, later[0]), f"is before {earlier[0]}"))

    def span(self, starts_at: datetime | None, ends_at: datetime | None) -> None:
        """Report an end that is not after the start."""
        if starts_at is None or ends_at is None:
            return
        if ends_at <= starts_at:
            self.found.append(((*self.path, "ends_at"), "is not after starts_at"))


def _details_in_time(bundle: Bundle) -> Found:
    for place, detail in enumerate(bundle.details):
        times = _Times(bundle, ("details", place), [])
        _detail_in_time(times, detail)
        yield from times.found
        for which, opening in enumerate(detail.openings):
            own = _Times(bundle, ("details", place, "openings", which), [])
            starts_at, ends_at = own.moment("starts_at", opening.starts_at), own.moment("ends_at", opening.ends_at)
            if starts_at is not None or ends_at is not None:
                quiet = _Times(bundle, (), [])
                own.span(starts_at or quiet.moment("", detail.starts_at), ends_at or quiet.moment("", detail.ends_at))
            yield from own.found


def _detail_in_time(times: _Times, detail: DetailRecord) -> None:
    names = ("starts_at", "ends_at", "posted_at", "closes_at", "award_at")
    starts_at, ends_at, posted_at, closes_at, award_at = (times.moment(each, getattr(detail, each)) for each in names)
    times.span(starts_at, ends_at)
    times.in_order(("posted_at", posted_at), ("closes_at", closes_at))
    times.in_order(("closes_at", closes_at), ("award_at", award_at))
    times.in_order(("posted_at", posted_at), ("starts_at", starts_at))
    times.in_order(("closes_at", closes_at), ("starts_at", starts_at))


def _signups_in_time(bundle: Bundle) -> Found:
    for place, signup in enumerate(bundle.signups):
        times = _Times(bundle, ("signups", place), [])
        times.moment("signed_up_at", signup.signed_up_at)
        yield from times.found


def _tours_in_time(bundle: Bundle) -> Found:
    for place, tour in enumerate(bundle.tours):
        times = _Times(bundle, ("tours", place), [])
        times.span(times.moment("starts_at", tour.starts_at), times.moment("ends_at", tour.ends_at))
        yield from times.found


def _past_in_time(bundle: Bundle) -> Found:
    for place, bar in enumerate(bundle.bars):
        times = _Times(bundle, ("bars", place), [])
        since, until = times.moment("from_at", bar.from_at), times.moment("until_at", bar.until_at)
        times.in_order(("from_at", since), ("until_at", until))
        yield from times.found
    for place, contact in enumerate(bundle.contacts):
        times = _Times(bundle, ("contacts", place), [])
        times.moment("at", contact.at)
        yield from times.found
    if bundle.emergency is not None:
        times = _Times(bundle, ("emergency",), [])
        first, last = (times.moment(name, getattr(bundle.emergency, name)) for name in ("declared_at", "until_at"))
        if first is not None and last is not None and last <= first:
            times.found.append((("emergency", "until_at"), "is not after declared_at"))
        yield from times.found
    for place, given in enumerate(bundle.elsewhere):
        times = _Times(bundle, ("elsewhere", place), [])
        times.span(times.moment("starts_at", given.starts_at), times.moment("ends_at", given.ends_at))
        yield from times.found
