"""Recorded prompts: played while they say what the prompt says, never after; kept, listed and served."""

import wave
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.app import create_app
from bot.cli.main import main
from bot.dialog.recorded import recorded_parts
from bot.dialog.spoken_answer import SpokenAnswer
from bot.webhooks.twiml import document
from ivr_prompts import Prompts, audio, languages, load, speaker_of
from ivr_prompts.audio import RecordingError, audio_for, keep_recording, recordings_in, sound_of, wrong_recordings
from tests.one_line import config_for

ENGLISH = load("en")
LANGUAGES = {language: load(language) for language in languages()}
AGAIN = "I did not get that."
WORDS = ENGLISH.text("again.first", "voice") or ""


@pytest.fixture
def folder(tmp_path: Path):
    """A department's own folder, with one recording."""
    keep_recording(tmp_path / "own", "again.first", sound_file(tmp_path / "mine.wav"), ENGLISH)
    audio.use_folders([tmp_path / "own"])
    yield tmp_path / "own"
    audio.use_folders([])


def sound_file(path: Path, seconds: float = 0.1) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * int(8000 * seconds))
    return path


def reworded(key: str, voice: str) -> dict[str, Prompts]:
    texts = {**ENGLISH.texts, key: {**ENGLISH.texts[key], "voice": voice}}
    return {**LANGUAGES, "en": Prompts("en", texts, ENGLISH.words)}


def test_a_recording_is_found_by_its_prompt_language_and_exact_words(folder: Path):
    assert audio_for("again.first", "en", WORDS) == folder / "again.first.en.wav"
    assert audio_for("again.first", "en", "I did not get it.") is None
    assert audio_for("again.first", "es", WORDS) is None
    assert audio_for("again.second", "en", WORDS) is None


def test_what_is_said_is_cut_at_what_is_recorded(folder: Path):
    own = folder / "again.first.en.wav"
    assert recorded_parts(f"{AGAIN} To drop it, press 1.", "en") == [(AGAIN, own), ("To drop it, press 1.", None)]
    assert recorded_parts(f"Well. {AGAIN} So. {AGAIN}", "en") == [
        ("Well.", None),
        (AGAIN, own),
        ("So.", None),
        (AGAIN, own),
    ]
    assert recorded_parts(f"Sorry, {AGAIN[0].lower()}{AGAIN[1:]}", "en")[0][1] is None  # no sentence of its own
    assert recorded_parts(AGAIN, "es") == [(AGAIN, None)]
    assert recorded_parts("", "en") == []


def test_the_carrier_plays_the_file_and_speaks_the_rest(folder: Path):
    said = document(SpokenAnswer(f"{AGAIN} Goodbye.", "en", "hang_up"))
    address = f"/audio/{sound_of(folder / 'again.first.en.wav')}.wav"
    assert f"<Play>{address}</Play><Say " in said
    assert ">Goodbye.</Say>" in said


def test_without_recordings_all_is_spoken_in_the_voice_of_its_language():
    speaker = speaker_of("es")
    said = document(SpokenAnswer("Hasta luego.", "es", "hang_up"))
    assert f'<Say language="{speaker.language}" voice="{speaker.voice}">Hasta luego.</Say>' in said


def test_a_file_is_served_under_the_hash_of_its_sound(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PROMPT_AUDIO", str(folder))
    app = create_app(config_for("postgresql://nowhere/none", "redis://nowhere", mode="demo"))
    audio.use_folders([folder])
    sound = sound_of(folder / "again.first.en.wav")
    with app.test_client().get(f"/audio/{sound}.wav") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "audio/wav")
        assert answer.data == (folder / "again.first.en.wav").read_bytes()
        assert "max-age=31536000" in answer.headers["Cache-Control"]
    for other in ("nothing.wav", f"{sound}.mp3", f"{sound}", "..%2Fmanifest.yaml"):
        assert app.test_client().get(f"/audio/{other}").status_code == 404


STALE = [
    ("I did not catch that.", "has a stale recording, of words that have changed since: record it again"),
    ("I did not get that, {name}.", "has a stale recording"),
]


@pytest.mark.parametrize(("words", "problem"), STALE)
def test_changed_words_never_play_the_old_recording(folder: Path, words: str, problem: str):
    assert wrong_recordings(folder, LANGUAGES) == []
    found = wrong_recordings(folder, reworded("again.first", words))
    assert [one.prompt for one, _ in found] == ["again.first"]
    assert problem in found[0][1]
    assert audio_for("again.first", "en", words) is None


def test_a_file_that_was_changed_or_lost_is_told(folder: Path):
    sound_file(folder / "again.first.en.wav", 0.2)
    assert "is not the file that was kept" in wrong_recordings(folder, LANGUAGES)[0][1]
    (folder / "again.first.en.wav").unlink()
    assert "has no file again.first.en.wav" in wrong_recordings(folder, LANGUAGES)[0][1]
    assert recorded_parts(AGAIN, "en") == [(AGAIN, None)]


def test_prompts_check_tells_a_stale_recording(folder: Path, monkeypatch: pytest.MonkeyPatch):
    manifest = folder / "manifest.yaml"
    manifest.write_text(manifest.read_text().replace(audio.wording_hash(WORDS), "0" * 32))
    monkeypatch.setenv("PROMPT_AUDIO", str(folder))
    result = CliRunner().invoke(main, ["prompts", "check"])
    assert result.exit_code == 1
    assert "en again.first: has a stale recording" in result.stdout


REFUSED = [
    ("drop.kept", "mine.wav", "says something else each time"),
    ("posting.new", "mine.wav", "is nothing that is said on a call"),
    ("again.first", "mine.txt", "none of .mp3, .ulaw, .wav"),
]


@pytest.mark.parametrize(("prompt", "name", "problem"), REFUSED)
def test_what_cannot_be_a_recording_is_refused(tmp_path: Path, prompt: str, name: str, problem: str):
    with pytest.raises(RecordingError, match=problem):
        keep_recording(tmp_path / "own", prompt, sound_file(tmp_path / name), ENGLISH)


def test_a_new_recording_takes_the_place_of_the_old_one(folder: Path, tmp_path: Path):
    before = recordings_in(folder)[0].sound
    keep_recording(folder, "again.first", sound_file(tmp_path / "better.wav", 0.3), ENGLISH)
    assert [one.prompt for one in recordings_in(folder)] == ["again.first"]
    assert recordings_in(folder)[0].sound != before


@pytest.mark.parametrize(
    "text", ["- {prompt: a.b}", "{", "- {prompt: a.b, language: en, wording: x, file: ../x.wav, sound: y}"]
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: str):
    (tmp_path / "manifest.yaml").write_text(text)
    with pytest.raises(RecordingError, match=r"manifest\.yaml"):
        recordings_in(tmp_path)


def test_prompts_audio_keeps_and_lists(tmp_path: Path):
    file, own = str(sound_file(tmp_path / "mine.wav")), str(tmp_path / "own")
    added = CliRunner().invoke(main, ["prompts", "audio", "add", "again.first", file, "--folder", own])
    assert (added.exit_code, added.stderr) == (0, f"again.first.en.wav kept in {own}.\n")
    listed = CliRunner().invoke(main, ["prompts", "audio", "list", "--folder", own])
    assert (listed.exit_code, listed.stdout) == (0, "en again.first: again.first.en.wav\n")
    refused = CliRunner().invoke(main, ["prompts", "audio", "add", "drop.kept", file, "--folder", own])
    assert refused.exit_code == 1


READER = """#!/bin/sh
for last; do if [ "$before" = -w ]; then into="$last"; fi; before="$last"; done
cp SOUND "$into"
"""


def test_prompts_record_reads_each_prompt_into_a_file_with_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """With a reader that always takes nine seconds; espeak-ng itself need not be installed here."""
    reader = tmp_path / "espeak-ng"
    reader.write_text(READER.replace("SOUND", str(sound_file(tmp_path / "nine.wav", 9))))
    reader.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    into = tmp_path / "set"
    result = CliRunner().invoke(main, ["prompts", "record", "drop.confirm", "keep", "--into", str(into)])
    assert result.exit_code == 0, result.output
    assert {path.name for path in into.iterdir()} >= {"drop.confirm.en.wav", "keep.kept.es.wav", "index.html"}
    assert "en drop.confirm: 9.0 s to the first choice, more than 8" in result.stdout
    assert "drop.confirm.en.wav" in (into / "playlist.m3u").read_text()
    assert 'src="keep.kept.es.wav"' in (into / "index.html").read_text()


def test_without_espeak_it_says_in_a_sentence_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(main, ["prompts", "record", "keep", "--into", str(tmp_path / "set")])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "espeak-ng is not installed; on Debian and Ubuntu: apt-get install espeak-ng." in result.stderr
