"""A spreadsheet of officers is enough to begin: read as people write it, every error with its place, all or nothing."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.line.consent import lacking
from models.line.opt_out import opt_out
from models.people.roster import read_roster
from models.session import Database

RANKS = ("Chief", "Captain", "Lieutenant", "Sergeant", "Officer")
TODAY = date(2026, 11, 22)

ROSTER = """\ufeffBadge #,Officer Name,Title,Hire Date,Cell Phone,Locker\r
101,"Alvarez, Rosa",Sgt.,5/1/2004,(203) 555-0142,12\r
102,Luis Diaz,Ptl,"Jan 10, 2006",203.555.0143,\r
103,Pat Evans,Officer,3/15/2011,,\r
"""


def read(text: str | bytes):
    return read_roster(text.encode() if isinstance(text, str) else text, RANKS, TODAY)


def row(**cells: str):
    said = {"badge": "1", "name": "A B", "rank": "Officer", "seniority": "5/1/2004", "phone": "203-555-0142"} | cells
    quoted = ",".join(f'"{cell}"' for cell in said.values())
    return read(f"{','.join(said)}\n{quoted}\n")


def test_what_excel_saves_is_read() -> None:
    first, second, third = read(ROSTER).rows
    assert (first.badge, first.name, first.rank, first.line) == ("101", "Rosa Alvarez", "Sergeant", 2)
    assert (first.seniority_on, first.phone) == (date(2004, 5, 1), "+12035550142")
    assert (second.rank, second.seniority_on, second.phone) == ("Officer", date(2006, 1, 10), "+12035550143")
    assert third.phone is None
    assert read(ROSTER).unread == ("Locker",)


@pytest.mark.parametrize(
    "content",
    [
        ROSTER.replace(",", ";").replace('"Alvarez; Rosa"', '"Alvarez, Rosa"').replace('"Jan 10; 2006"', "1/10/06"),
        "sep=,\r\n" + ROSTER.removeprefix("\ufeff"),
        "Millbrook PD,,,,,\n\n" + ROSTER.removeprefix("\ufeff"),
        ROSTER.removeprefix("\ufeff").replace("\r\n", "\n"),
        ROSTER.removeprefix("\ufeff").replace("\r\n", "\r"),
        ROSTER.removeprefix("\ufeff").replace(",", "\t").replace("Alvarez\t", "Alvarez,").encode("utf-16"),
        ROSTER.removeprefix("\ufeff").encode("cp1252"),
    ],
    ids=["semicolons", "sep line", "title above", "unix lines", "old mac lines", "utf-16 tabs", "cp1252"],
)
def test_however_a_spreadsheet_was_saved_the_officers_are_the_same(content: str | bytes) -> None:
    found = read(content)
    assert found.problems == ()
    assert [(each.badge, each.name, each.phone) for each in found.rows] == [
        ("101", "Rosa Alvarez", "+12035550142"), ("102", "Luis Diaz", "+12035550143"), ("103", "Pat Evans", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5/1/2004", date(2004, 5, 1)),
        ("05-01-2004", date(2004, 5, 1)),
        ("5/1/04", date(2004, 5, 1)),
        ("12/31/78", date(1978, 12, 31)),
        ("5/1/72", date(1972, 5, 1)),
        ("2004-05-01", date(2004, 5, 1)),
        ("2004-05-01 00:00:00", date(2004, 5, 1)),
        ("1-May-04", date(2004, 5, 1)),
        ("May 1, 2004", date(2004, 5, 1)),
        ("1 May 2004", date(2004, 5, 1)),
        ("38108", date(2004, 5, 1)),
    ],
)
def test_a_date_is_read_month_first_in_any_usual_form(written: str, meant: date) -> None:
    assert row(seniority=written).rows[0].seniority_on == meant


@pytest.mark.parametrize(
    "phone", ["2035550142", "(203) 555-0142", "203.555.0142", "1-203-555-0142", "+1 203 555 0142", "203 555 0142"]
)
def test_a_phone_is_read_in_any_american_form(phone: str) -> None:
    assert row(phone=phone).rows[0].phone == "+12035550142"


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"badge": ""}, "badge", "the badge is empty"),
        ({"name": " "}, "name", "the name is empty"),
        ({"rank": "King"}, "rank", "the department has no rank 'King'; it has Chief, Captain"),
        ({"seniority": ""}, "seniority date", "the seniority date is empty"),
        ({"seniority": "13/5/2004"}, "seniority date", "'13/5/2004' is not a date like 5/1/2004"),
        ({"seniority": "5/2004"}, "seniority date", "is not a date"),
        ({"seniority": "2/30/2004"}, "seniority date", "is not a date"),
        ({"seniority": "12/1/2026"}, "seniority date", "cannot be a seniority date: it is in the future"),
        ({"seniority": "5/1/1904"}, "seniority date", "it is too long ago"),
        ({"phone": "555-0142"}, "phone", "is not a phone number"),
        ({"phone": "203-155-0142"}, "phone", "check the area code"),
        ({"phone": "203-555-0142 x7"}, "phone", "is not a phone number that can be texted"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line_and_column(cells, column: str, message: str) -> None:
    (problem,) = row(**cells).problems
    assert (problem.line, problem.column) == (2, column)
    assert message in problem.message


def test_all_errors_are_said_at_once() -> None:
    found = read("badge,name,rank,seniority,cell\n1,A,King,x,1\n1,B,Officer,5/1/2004,2035550142\n"
                 "2,C,Officer,5/1/2004,2035550142\n2,\"D\nE\",Officer,5/1/2004,\n")  # fmt: skip
    assert [(each.line, each.column) for each in found.problems] == [
        (2, "rank"), (2, "seniority date"), (2, "phone"), (4, "phone"), (5, "badge"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        ("a,b\n1,2\n", "no line of headings found"),
        ("badge,name\n1,2\n", "line 1: there is no column rank and none seniority date and none phone"),
        ("badge,name,rank,seniority,cell\n", "there are headings but no officers below them"),
        (b"\x00\x01\x02PK\xff", "no line of headings found"),
    ],
)
def test_a_file_that_is_no_roster_is_said_so(content: str | bytes, message: str) -> None:
    assert message in str(read(content).problems[0])


@pytest.fixture
def bring(dutyline, millbrook: str, tmp_path: Path):
    def bring(text: str, *words: str):
        file = tmp_path / "roster.csv"
        file.write_text(text, encoding="utf-8", newline="")
        return dutyline("department", "roster", file, "--department", millbrook, "--consent", "signed forms", *words)

    return bring


def officers(database: Database) -> list[tuple[str, ...]]:
    with database.begin(database.departments()) as work:
        rows = work.conn.execute(sa.text(
            "select o.badge, p.name, o.rank, (select string_agg(number, ' ' order by place) from phone"
            " where person_id = p.id) as phones from officer o join person p on p.id = o.person_id order by o.badge"
        ))  # fmt: skip
        return [tuple(row) for row in rows]


def consents(database: Database) -> list[tuple[str, ...]]:
    with database.begin(database.departments()) as work:
        rows = work.conn.execute(sa.text("select number, way, attested, withdrawn_at from consent order by id"))
        return [tuple(row) for row in rows]


def test_a_roster_comes_in_whole_with_its_consent_and_twice_is_once(bring, database: Database) -> None:
    first = bring(ROSTER)
    assert first.exit_code == 0, first.output
    assert "3 new, 0 changed, 0 as they were; consent recorded for 2 phones." in first.output
    assert "Without a phone, so not to be texted: 103." in first.output
    assert officers(database) == [
        ("101", "Rosa Alvarez", "Sergeant", "+12035550142"), ("102", "Luis Diaz", "Officer", "+12035550143"),
        ("103", "Pat Evans", "Officer", None),
    ]  # fmt: skip
    assert consents(database) == [
        ("+12035550142", "roster", "signed forms", None), ("+12035550143", "roster", "signed forms", None),
    ]  # fmt: skip
    assert "0 new, 0 changed, 3 as they were; consent recorded for 0 phones." in bring(ROSTER).output


def test_a_preview_says_what_would_change_and_changes_nothing(bring, database: Database) -> None:
    bring(ROSTER)
    before = officers(database)
    changed = ROSTER.replace("Ptl", "Sgt").replace("0143", "0149").replace("103,Pat", "104,Pat")
    said = bring(changed, "--preview").output
    assert "changed 102: rank Officer -> Sergeant; phone +12035550143 -> +12035550149" in said
    assert "new 104: Pat Evans" in said
    assert "Not in the file, left as they are: 103." in said
    assert "nothing was changed" in said
    assert officers(database) == before


def test_a_new_phone_is_texted_first_and_the_old_one_is_still_known(bring, database: Database) -> None:
    bring(ROSTER)
    bring(ROSTER.replace("555-0142", "555-0147"))
    assert officers(database)[0][3] == "+12035550147 +12035550142"
    bring(ROSTER)
    assert officers(database)[0][3] == "+12035550142 +12035550147"


def test_a_roster_with_an_error_brings_in_nothing(bring, database: Database) -> None:
    result = bring(ROSTER.replace("203.555.0143", "12").replace("3/15/2011", "soon"))
    assert result.exit_code == 1
    assert "line 3, phone:" in result.stderr
    assert "line 4, seniority date:" in result.stderr
    assert officers(database) == []


def test_a_phone_of_another_officer_is_refused(bring, database: Database) -> None:
    bring(ROSTER)
    result = bring("badge,name,rank,seniority,cell\n109,New Man,Officer,5/1/2020,203-555-0142\n")
    assert "line 2, phone: +12035550142 is the phone of badge 101" in result.stderr
    assert len(officers(database)) == 3


def test_paper_is_recorded_as_paper(bring, database: Database) -> None:
    bring(ROSTER, "--paper")
    assert {way for _, way, *_ in consents(database)} == {"paper"}


def test_who_opted_out_is_not_opted_in_by_a_list(bring, database: Database) -> None:
    bring(ROSTER)
    (department_id,) = database.departments()
    with database.begin([department_id]) as work:
        line_id, person_id = work.conn.execute(
            sa.text("select (select id from line), person_id from phone where number = '+12035550142'")
        ).one()
        opt_out(work, department_id, line_id, "+12035550142", person_id, "STOP")
    bring(ROSTER)
    with database.begin([department_id]) as work:
        (officer,) = lacking(work, department_id)
    assert (officer.badge, officer.is_withdrawn) == ("101", True)


def test_a_list_does_not_bring_back_who_has_left_and_says_so(bring, database: Database) -> None:
    bring(ROSTER)
    (department_id,) = database.departments()
    with database.begin([department_id]) as work:
        work.conn.execute(sa.text("update officer set status = 'separated' where badge = '103'"))
    said = bring(ROSTER).output
    assert "In the file, but have left, so the line does not know them: 103." in said
    with database.begin([department_id]) as work:
        assert work.conn.execute(sa.text("select status from officer where badge = '103'")).scalar_one() == "separated"


def test_consent_must_be_said(dutyline, millbrook: str, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER)
    assert dutyline("department", "roster", file, "--department", millbrook).exit_code == 2
    empty = dutyline("department", "roster", file, "--department", millbrook, "--consent", " ")
    assert "--consent must say how" in empty.stderr


def test_a_department_begins_once_and_is_refused_with_reasons(dutyline, millbrook: str) -> None:
    again = dutyline("department", "create", "millbrook", "--name", "M", "--timezone", "America/New_York",
                     "--line", "+12035550100")  # fmt: skip
    assert "There is a department millbrook already" in again.stderr
    wrong = dutyline("department", "create", "Bad Slug", "--name", "M", "--timezone", "Mars", "--line", "12")
    assert wrong.exit_code == 1
    for place in ("slug", "timezone", "lines"):
        assert f"department.{place}" in wrong.stderr


def test_an_address_on_a_roster_is_kept_and_nothing_is_mailed_there_yet(bring, database: Database) -> None:
    plain = ROSTER.replace("Locker", "E-Mail").replace(",12", ",")
    with_addresses = plain.replace("203.555.0143,", "203.555.0143,Luis@Example.org")
    assert bring(with_addresses).exit_code == 0
    with database.begin(database.departments()) as work:
        rows = work.conn.execute(sa.text("select address, state, wanted, source from mail_choice")).all()
    assert [tuple(each) for each in rows] == [("luis@example.org", "listed", "nothing", "roster")]
    assert "is no e-mail address" in bring(with_addresses.replace("Luis@Example.org", "luis@example")).output
