"""Transcripts are read, played on a stage, compared, and written again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.transcripts.parsing import parse
from bot.transcripts.playing import Sent, StageError, matches, play
from bot.transcripts.script import Fault, Moves, OnPhone, Record, Texts, TranscriptError
from bot.transcripts.writing import rewrite, write

HEAD = "Title: One evening\nBundle: millbrook.yaml, harbor.yaml\nClock: Mon Nov 23 2026 8:00 AM\n\n"
WHOLE = (
    HEAD
    + """\
# Alvarez is quick.
Alvarez texts: S{harbor-sat}
Alvarez gets: You are signed up for {harbor-sat}...
record: signup of Alvarez for {harbor-sat} is live
Brooks gets nothing

-- Thu Nov 26 5:00 PM
Brooks gets from Millbrook: Not this time.
Alvarez gets: Yours:
    {harbor-sat} Sat
    ask for Dana
and 2 more messages

carrier: undelivered 30003 to Brooks
carrier: late 30 seconds 2 times from Alvarez
-- 30 minutes later
record: no assignment of Brooks for {harbor-sat}
"""
)


@dataclass
class FakeStage:
    """Answers every text by a table and sends what is due when the clock moves."""

    answers: dict[str, list[Sent]] = field(default_factory=dict)
    due: list[Sent] = field(default_factory=list)
    states: dict[str, list[str]] = field(default_factory=dict)
    done: list[object] = field(default_factory=list)
    waiting: list[Sent] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    on_telephone: dict[str, str] = field(default_factory=dict)

    people = {"Alvarez": "+19785550101", "Brooks": "+19785550102", "Chen": "+19785550103"}

    def number_of(self, who: str) -> str:
        if who not in self.people:
            raise StageError(f"nobody here is called {who}")
        return self.people[who]

    def line_of(self, department: str, who: str) -> str:
        return "+19785550100"

    def name_of(self, number: str) -> str:
        return next(name for name, phone in self.people.items() if phone == number)

    def codes(self) -> Mapping[str, str]:
        return {"harbor-sat": "4821"}

    def text(self, from_number: str, to_line: str, body: str, *, picture: bool = False) -> None:
        self.done.append((from_number, body, "picture") if picture else (from_number, body))
        self.waiting += self.answers.get(body, [])

    def settle_request(self, number: str, badge: str) -> None:
        self.done.append((number, badge))

    def order_officers(self, code: str, count: int) -> None:
        self.done.append((code, count))

    def advance(self, to: datetime) -> None:
        self.done.append(to)
        self.waiting += self.due
        self.due = []

    def on_phone(self, act: OnPhone, said: str) -> None:
        self.done.append((type(act).__name__, said))
        heard = self.said.pop(0) if self.said else ""
        self.on_telephone = {act.who: heard} if heard else {}

    def heard_on_phone(self) -> Mapping[str, str]:
        heard, self.on_telephone = self.on_telephone, {}
        return heard

    def messages(self) -> Sequence[Sent]:
        taken, self.waiting = self.waiting, []
        return taken

    def fault(self, fault: Fault) -> None:
        self.done.append(fault.kind)

    def records(self, record: Record) -> Sequence[str]:
        return self.states.get(record.kind, [])


def to(who: str, body: str) -> Sent:
    return Sent(FakeStage.people[who], "+19785550100", body)


def good_stage() -> FakeStage:
    return FakeStage(
        answers={"S4821": [to("Alvarez", "You are signed up for 4821, Sat.")]},
        due=[
            to("Alvarez", "Yours:\n4821 Sat\nask for Dana"),
            to("Chen", "x"),
            to("Brooks", "Not this time."),
            to("Chen", "y"),
        ],
        states={"signup": ["live"]},
    )


def test_a_transcript_is_read_line_by_line():
    script = parse(WHOLE, "one.txt")
    assert (script.title, script.bundles) == ("One evening", ("millbrook.yaml", "harbor.yaml"))
    assert script.starts_at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    actions = [step for step in script.steps if isinstance(step, Texts | Moves | Fault)]
    assert actions[0] == Texts(6, "Alvarez", "", "S{harbor-sat}")
    assert actions[1] == Moves(11, datetime(2026, 11, 26, 22, 0, tzinfo=UTC), "Thu Nov 26 5:00 PM")
    assert actions[3] == Fault(
        19, "late", None, 30, 2, "from", "Alvarez", "carrier: late 30 seconds 2 times from Alvarez"
    )
    assert actions[4] == Moves(20, datetime(2026, 11, 26, 22, 30, tzinfo=UTC), "30 minutes later")


def test_what_goes_as_written_has_no_differences():
    played = play(parse(WHOLE, "one.txt"), good_stage())
    assert [str(one) for one in played.differences] == []
    assert rewrite(played) == WHOLE


def test_written_again_it_is_the_same_file():
    assert write(parse(WHOLE, "one.txt")) == WHOLE


@pytest.mark.parametrize(
    ("change", "line", "found"),
    [
        (lambda stage: stage.answers.clear(), 7, "nothing came"),
        (lambda stage: stage.answers.update({"S4821": [to("Alvarez", "No.")]}), 7, "No."),
        (lambda stage: stage.answers["S4821"].append(to("Chen", "Hello.")), 6, "Hello."),
        (lambda stage: stage.answers["S4821"].append(to("Brooks", "Hello.")), 9, "Hello."),
        (lambda stage: stage.states.clear(), 8, "no such record"),
        (lambda stage: stage.due.pop(), 16, "1 more messages"),
        (lambda stage: stage.states.update(assignment=["awarded"]), 21, "there is one: awarded"),
    ],
)
def test_a_difference_has_its_line_and_what_was_found(change, line, found):
    stage = good_stage()
    change(stage)
    differences = play(parse(WHOLE, "one.txt"), stage).differences
    assert (line, found) in [(one.line, one.found) for one in differences]


def test_what_really_happened_can_be_saved():
    stage = good_stage()
    stage.answers["S4821"] = [to("Alvarez", "4821 is full.\nSorry."), to("Chen", "Psst.")]
    saved = rewrite(play(parse(WHOLE, "one.txt"), stage))
    assert "Alvarez gets: {harbor-sat} is full.\n    Sorry.\n" in saved
    assert "Chen gets: Psst.\n\n-- Thu" in saved
    stage = good_stage()
    stage.answers["S4821"] = [to("Alvarez", "4821 is full.\nSorry."), to("Chen", "Psst.")]
    assert play(parse(saved, "one.txt"), stage).went_well


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Nobody texts: hi", "nobody here is called Nobody"),
        ("Alvarez texts: S{pier}", "no detail here is called pier"),
        ("Chen gets: {pier}", "no detail here is called pier"),
    ],
)
def test_what_the_stage_does_not_know_is_a_difference_of_that_line(line: str, problem: str):
    played = play(parse(f"{HEAD}{line}\n", "one.txt"), FakeStage())
    assert [(one.line, one.found) for one in played.differences] == [(5, problem)]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "lacks a line Title"),
        ("Title: x\nBundle: y\n", 2, "lacks a line Clock"),
        ("Title: x\nBundle: y\nClock: tomorrow\n\n", 3, "must start like Mon Nov 23 2026"),
        ("Title: x\nBundle: y\nClock: Tue Nov 23 2026 8 AM\n\n", 3, "is a Monday, not Tue"),
        ("Title: x\nBundle: y\nZone: Mars/Olympus\nClock: Mon Nov 23 2026 8 AM\n\n", 3, "no time zone Mars/Olympus"),
        (f"{HEAD}Alvarez says hello\n", 5, "not understood: 'Alvarez says hello'"),
        (f"{HEAD}Alvarez texts LIST\n", 5, "A colon stands before the words"),
        (f"{HEAD}\n    LIST\n", 6, "continues a text, and none stands above"),
        (f"{HEAD}-- 25:00\n", 5, "no such hour"),
        (f"{HEAD}-- soon\n", 5, "is no time"),
        (f"{HEAD}-- Mon Nov 23 7:00 AM\n", 5, "clocks go forward"),
        (f"{HEAD}-- Fri Nov 26 5:00 PM\n", 5, "is a Thursday, not Fri"),
        (f"{HEAD}-- Feb 30 5:00 PM\n", 5, "is no date"),
        (f"{HEAD}-- Foo 3 5:00 PM\n", 5, "no month"),
        (f"{HEAD}record: assignment of Alvarez\n", 5, 'says "is" and a state'),
        (f"{HEAD}record assignment\n", 5, "A record line reads"),
        (f"{HEAD}carrier 429\n", 5, "A carrier line reads"),
    ],
)
def test_a_line_that_is_not_understood_is_named_with_its_file_and_place(text: str, line: int, problem: str):
    with pytest.raises(TranscriptError, match=re.escape(problem)) as refusal:
        parse(text, "bad.txt")
    assert str(refusal.value).startswith(f"bad.txt:{line}: ")


@pytest.mark.parametrize(
    ("said", "day", "hour"),
    [
        ("9:15 PM", 23, 26.25),
        ("7 AM", 24, 12),
        ("Thu 5 PM", 26, 22),
        ("Nov 28 14:00", 28, 19),
        ("2 days later", 25, 13),
    ],
)
def test_the_clock_is_moved_in_plain_words(said: str, day: int, hour: float):
    script = parse(f"{HEAD}-- {said}\n", "one.txt")
    assert isinstance(script.steps[0], Moves)
    assert (script.steps[0].at - datetime(2026, 11, day, tzinfo=UTC)).total_seconds() == hour * 3600


def test_three_dots_stand_for_anything():
    assert matches("4821 is yours: ... by Thu 9PM.", "4821 is yours: Sat\nMain St by Thu 9PM.")
    assert matches("Two  spaces", "Two spaces")
    assert not matches("4821 is yours", "4821 is yours.")


def test_a_picture_and_what_the_desk_does_are_read_played_and_written_again():
    said = [
        "Alvarez sends a picture",
        "Alvarez sends a picture to Harbor: the sign",
        "office: enrols Brooks as 105",
        "office: refuses Chen",
    ]
    script = parse("\n".join(["Title: x", "Bundle: x.yaml", "Clock: Mon Nov 23 2026 8:00 AM", "", *said]), "one.txt")
    stage = FakeStage()
    assert play(script, stage).went_well
    phones = FakeStage.people
    assert stage.done == [
        (phones["Alvarez"], "", "picture"),
        (phones["Alvarez"], "the sign", "picture"),
        (phones["Brooks"], "105"),
        (phones["Chen"], ""),
    ]
    assert write(script).splitlines()[4:] == said


CALL = (
    HEAD.replace("Clock:", "No PIN: Chen, Brooks\nClock:")
    + """\
Alvarez calls Harbor from +1 978-555-0199
Alvarez hears: Harbor details. ...

Alvarez presses 101*PIN#
Alvarez hears: To accept {harbor-sat}, press 1.

Alvarez says "sign me up for {harbor-sat}", heard at 40 percent

Alvarez stays silent
Alvarez hears: I did not hear anything.

Alvarez hangs up
"""
)


def test_a_call_is_read_played_and_written_again():
    script = parse(CALL, "one.txt")
    assert script.without_pin == ("Chen", "Brooks")
    stage = FakeStage(said=["Harbor details. Hello.", "To accept 48 21, press 1.", "", "I did not hear anything."])
    assert play(script, stage).differences == []
    assert stage.done == [
        ("Calls", ""),
        ("Presses", "101*PIN#"),
        ("Says", "sign me up for 4821"),
        ("StaysSilent", ""),
        ("HangsUp", ""),
    ]
    assert write(script) == CALL


RUNG = (
    HEAD
    + """\
Alvarez answers

a machine answers for Brooks

Brooks does not answer

Chen is busy
"""
)


def test_what_becomes_of_a_telephone_that_rings_is_read_and_written_again():
    script, stage = parse(RUNG, "one.txt"), FakeStage()
    assert play(script, stage).differences == []
    assert stage.done == [("PicksUp", ""), ("PicksUp", ""), ("TurnsAway", ""), ("TurnsAway", "")]
    assert write(script) == RUNG


def test_what_was_heard_and_is_not_told_is_a_difference_and_is_saved():
    silent = "\n".join(line for line in CALL.splitlines() if " hears" not in line) + "\n"
    stage = FakeStage(said=["Hello.", "To accept 48 21, press 1.", "Yes?"])
    played = play(parse(silent, "one.txt"), stage)
    assert [one.found for one in played.differences] == ["Hello.", "To accept 48 21, press 1.", "Yes?"]
    assert "presses 101*PIN#\nAlvarez hears: To accept {harbor-sat}, press 1.\n" in rewrite(played)


def test_what_is_heard_before_anything_was_done_is_a_difference_too():
    transcript = parse(HEAD + "# Nobody has done anything yet.\n", "evening.txt")
    played = play(transcript, FakeStage(on_telephone={"Alvarez": "An award waits."}))
    assert [difference.found for difference in played.differences] == ["An award waits."]
    assert "Alvarez hears: An award waits." in rewrite(played)
