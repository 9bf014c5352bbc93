"""`dutyline understand`: a line in, a line out, whatever the line."""

import json

import pytest
from click.testing import CliRunner

from bot.cli.main import main


def understand(said: bytes | str, *options: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(main, ["understand", "--json", *options], input=said)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_object_a_line_in_the_order_of_the_lines():
    found = understand("drop 4821\nlist\n\nhow about those sox\n")
    assert [one["command"] for one in found] == ["drop", "list", None, None]
    assert [one["understood"] for one in found] == [True, True, False, False]
    assert found[0] == {"text": "drop 4821", "understood": True, "command": "drop", "slots": {"code": "4821"}}


@pytest.mark.parametrize(
    "said",
    [b"", b"\n", b"\x00\x00\n", b"\xff\xfe drop\n", "\U0001f600\U0001f44d\n".encode(), b"x" * 10_000 + b"\n", b"\r\n"],
    ids=["nothing", "empty", "nul", "not utf-8", "emoji", "long", "carriage return"],
)
@pytest.mark.parametrize(
    "options",
    [(), ("--as", "contractor"), ("--channel", "speech"), ("--ask", "time"), ("--ask", "choice", "--options", "a|b")],
)
def test_no_input_stops_it_and_each_line_has_its_answer(said: bytes, options: tuple[str, ...]):
    assert len(understand(said, *options)) == said.count(b"\n")


def test_an_answer_is_read_by_the_kind_asked_for():
    assert understand("half past one\n", "--ask", "time") == [
        {"text": "half past one", "understood": True, "value": "13:30"}
    ]
    assert understand("banana\n", "--ask", "time") == [{"text": "banana", "understood": False, "value": None}]
    assert understand("the second\n", "--ask", "choice", "--options", "red|blue")[0]["value"] == 2


def test_days_and_hours_are_the_departments_own():
    late = ("--ask", "date", "--at", "2026-11-25T03:00:00Z")
    assert understand("tomorrow\n", *late)[0]["value"] == "2026-11-25"
    assert understand("in two hours\n", "--ask", "time", "--at", "2026-03-08T01:30")[0]["value"] == "04:30"
    assert understand("in two hours\n", "--ask", "time", "--at", "2026-11-01T00:30")[0]["value"] == "01:30"


def test_what_cannot_be_meant_is_an_error_in_plain_words():
    wrong = CliRunner().invoke(main, ["understand", "--at", "soon"])
    assert wrong.exit_code != 0
    assert "--at" in wrong.output
    assert CliRunner().invoke(main, ["understand", "--ask", "choice"]).exit_code != 0


def test_without_json_it_reads_like_a_sentence():
    result = CliRunner().invoke(main, ["understand"], input="drop 4821\nhello\n")
    assert result.stdout.splitlines() == ["'drop 4821': command=drop slots={'code': '4821'}", "'hello': not understood"]
