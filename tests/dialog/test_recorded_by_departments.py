"""A department's own recordings on a shared installation: before the line's by the prompt, and for its callers only."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from bot.dialog import call_audio
from bot.dialog.call_audio import audio_of
from bot.dialog.conversation import Conversation, Frame
from bot.dialog.recorded import recorded_parts
from bot.dialog.spoken_answer import SpokenAnswer, answer_from_json
from bot.webhooks.twiml import document
from ivr_prompts import audio, load
from ivr_prompts.audio import file_with_sound, keep_recording, sound_of
from tests.dialog.test_recorded import READER, sound_file

ENGLISH = load("en")
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
MILLBROOK, HARBOR = 1, 2
AGAIN, ELSE, BYE = "I did not get that.", "Anything else?", "Goodbye."


@pytest.fixture
def installation(tmp_path: Path):
    """The installation recorded two prompts, Millbrook one of them and another; Harbor the words of a second key."""
    folder = tmp_path / "audio"
    for place, (slug, prompt) in enumerate(
        [
            ("", "again.first"),
            ("", "call_menu.anything_else"),
            ("millbrook", "again.first"),
            ("millbrook", "waiting.goodbye"),
            ("harbor", "identify.again_1"),
        ]
    ):
        keep_recording(folder / slug, prompt, sound_file(tmp_path / "one.wav", 0.1 + place / 10), ENGLISH)
    audio.use_folders([folder])
    yield folder
    audio.use_folders([])


HEARD = [
    ("", AGAIN, "again.first.en.wav"),
    ("", ELSE, "call_menu.anything_else.en.wav"),
    ("", BYE, None),  # nobody of Millbrook is heard by who is not known to belong there
    ("millbrook", AGAIN, "millbrook/again.first.en.wav"),
    ("millbrook", ELSE, "call_menu.anything_else.en.wav"),
    ("millbrook", BYE, "millbrook/waiting.goodbye.en.wav"),
    ("harbor", AGAIN, "harbor/identify.again_1.en.wav"),  # the same words under another key
    ("harbor", BYE, None),
    ("elsewhere", AGAIN, "again.first.en.wav"),
]


@pytest.mark.parametrize(("department", "said", "file"), HEARD)
def test_each_hears_his_departments_then_the_lines_and_nobody_elses(installation: Path, department, said, file):
    assert recorded_parts(said, "en", department) == [(said, installation / file if file else None)]


def test_what_a_department_recorded_is_not_played_once_the_words_are_others(installation: Path):
    manifest = installation / "millbrook" / "manifest.yaml"
    manifest.write_text(manifest.read_text().replace(audio.wording_hash(AGAIN), "0" * 32))
    assert recorded_parts(AGAIN, "en", "millbrook") == [(AGAIN, installation / "again.first.en.wav")]
    (installation / "millbrook" / "waiting.goodbye.en.wav").unlink()
    assert recorded_parts(BYE, "en", "millbrook") == [(BYE, None)]


def test_the_answer_says_whose_recordings_are_heard_and_keeps_it(installation: Path):
    answer = answer_from_json(SpokenAnswer(AGAIN, "en", "hang_up", audio="millbrook").to_json())
    own = installation / "millbrook" / "again.first.en.wav"
    assert f"<Play>/audio/{sound_of(own)}.wav</Play>" in document(answer)
    assert file_with_sound(sound_of(own)) == own


def caller(*, identified: bool = False, of: tuple[int, ...] = (), at: int = 0, line: tuple[int, ...] = ()) -> Any:
    """Somebody in a call on a line that serves these departments, an officer of those, in the first unless he chose."""
    found = SimpleNamespace(is_identified=identified, work=SimpleNamespace(now=NOW), memberships=lambda: of)
    found.line = SimpleNamespace(departments=line)
    if identified:
        found.membership, found.department = object(), SimpleNamespace(id=at or of[0])
    return found


def chose(department_id: int) -> Conversation:
    return Conversation(channel="voice", department_id=department_id, department_until=NOW + timedelta(hours=12))


def called_by(department_id: int) -> Conversation:
    frame = Frame(flow="outbound", step="greeting", revision="", memory={"department_id": department_id})
    return Conversation(channel="voice", frames=(frame,))


BOTH = (MILLBROOK, HARBOR)
NEW = Conversation(channel="voice")
WHOSE = [
    ("before the PIN on a shared line", caller(line=BOTH), NEW, ""),
    ("before the PIN on a department's own line", caller(line=(HARBOR,)), NEW, "harbor"),
    ("who has shown that he is of Harbor", caller(identified=True, of=(HARBOR,), line=BOTH), NEW, "harbor"),
    ("of both, and has not said which", caller(identified=True, of=BOTH, line=BOTH), NEW, ""),
    ("of both, for Harbor", caller(identified=True, of=BOTH, at=HARBOR, line=BOTH), chose(HARBOR), "harbor"),
    ("called by Millbrook, before his PIN", caller(line=BOTH), called_by(MILLBROOK), "millbrook"),
]


@pytest.mark.parametrize(("who", "conversation", "slug"), [row[1:] for row in WHOSE], ids=[row[0] for row in WHOSE])
def test_whose_recordings_a_caller_hears(installation: Path, monkeypatch, who: Any, conversation: Conversation, slug):
    slugs = {MILLBROOK: "millbrook", HARBOR: "harbor"}
    monkeypatch.setattr(call_audio, "department", lambda _, found: SimpleNamespace(slug=slugs[found]))
    assert audio_of(who, conversation) == slug


def test_nothing_is_asked_where_no_department_has_its_own(tmp_path: Path):
    audio.use_folders([tmp_path])
    assert audio_of(caller(identified=True, of=(HARBOR,)), NEW) == ""
    audio.use_folders([])


def test_commands_keep_list_check_and_read_out_a_departments_own(installation: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PROMPT_AUDIO", str(installation))
    run, mine = CliRunner().invoke, str(sound_file(tmp_path / "mine.wav", 2))
    added = run(main, ["prompts", "audio", "add", "waiting.kept", mine, "--department", "harbor"])
    assert added.stderr == f"waiting.kept.en.wav kept in {installation / 'harbor'}.\n"
    listed = run(main, ["prompts", "audio", "list", "--department", "harbor"])
    assert listed.stdout == "en identify.again_1: identify.again_1.en.wav\nen waiting.kept: waiting.kept.en.wav\n"
    manifest = installation / "harbor" / "manifest.yaml"
    manifest.write_text(manifest.read_text().replace(audio.wording_hash(AGAIN), "0" * 32))
    checked = run(main, ["prompts", "check"])
    assert checked.exit_code == 1
    assert "en identify.again_1: has a stale recording" in checked.stdout
    assert "[harbor]" in checked.stdout
    reader = tmp_path / "espeak-ng"
    reader.write_text(READER.replace("SOUND", str(sound_file(tmp_path / "read.wav", 1))))
    reader.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    into = tmp_path / "set"
    meant = ["waiting", "--department", "harbor", "--language", "en"]
    read = run(main, ["prompts", "record", *meant, "--into", str(into), "--json"])
    by = {one["prompt"]: one["by"] for one in map(json.loads, read.stdout.splitlines())}
    assert (by["waiting.kept"], by["waiting.place"]) == ("recording", "voice")
    assert (into / "waiting.kept.en.wav").read_bytes() == Path(mine).read_bytes()


@pytest.mark.parametrize("slug", ["../harbor", "Harbor", "", "a/b"])
def test_a_folder_is_named_by_a_slug_and_nothing_else(installation: Path, tmp_path: Path, slug: str):
    mine = str(sound_file(tmp_path / "mine.wav"))
    refused = CliRunner().invoke(
        main, ["prompts", "audio", "add", "waiting.kept", mine, "--folder", str(installation), "--department", slug]
    )
    assert refused.exit_code == 1
    assert "is no department's slug" in refused.stderr


def test_without_a_folder_of_the_installation_a_department_has_none(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("PROMPT_AUDIO", raising=False)
    mine = str(sound_file(tmp_path / "mine.wav"))
    refused = CliRunner().invoke(main, ["prompts", "audio", "add", "waiting.kept", mine, "--department", "harbor"])
    assert "Name the installation's folder" in refused.stderr
