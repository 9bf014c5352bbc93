"""The control API, restarts, and what keeps strangers out."""

import sys
import threading
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from bot.cli.pocket_phone import command
from bot.config import Config
from bot.pocket_phone.app import create_app
from bot.pocket_phone.clock import ClockError
from bot.pocket_phone.phone import PocketPhone
from bot.pocket_phone.saving import CommandSaver
from bot.pocket_phone.settings import OutsideDemo, Settings, settings_from
from tests.pocket_phone.conftest import CHEN, LINE, RUIZ, SID, TOKEN, settle, until

DEMO = {
    "DUTYLINE_MODE": "demo",
    "TWILIO_ACCOUNT_SID": SID,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PUBLIC_URL": "http://127.0.0.1:8000/",
}


def test_messages_are_read_on_from_an_id(control):
    first = control.text(RUIZ, LINE, "one")
    control.text(RUIZ, LINE, "two")
    control.text(CHEN, LINE, "three")
    assert [message["body"] for message in control.messages(RUIZ, after=first["id"])] == ["two"]
    assert [message["body"] for message in control.messages(after=first["id"])] == ["two", "three"]


def test_a_phone_shows_what_went_both_ways_in_order(control, twilio):
    control.text(RUIZ, LINE, "LIST")
    twilio.messages.create(to=RUIZ, from_=LINE, body="1 open detail")
    twilio.messages.create(to=CHEN, from_=LINE, body="not for Ruiz")
    control.text(RUIZ, LINE, "1")
    settle(control)
    shown = [(message["mine"], message["body"]) for message in control.messages(RUIZ)]
    assert shown == [(True, "LIST"), (False, "1 open detail"), (True, "1")]


def test_many_phones_at_once_lose_nothing(control, application, base_url):
    def text_ten(number):
        for n in range(10):
            body = {"from": number, "to": LINE, "body": str(n)}
            requests.post(f"{base_url}/pocket/texts", json=body, timeout=10).raise_for_status()

    phones = [threading.Thread(target=text_ten, args=(f"+131255501{n}",)) for n in range(20, 28)]
    for thread in phones:
        thread.start()
    for thread in phones:
        thread.join()
    settle(control)
    assert len({received.form["MessageSid"] for received in application.received}) == 80
    assert all(received.is_signed for received in application.received)


def test_clear_forgets_messages_opt_outs_and_faults_but_not_the_lines(control, twilio):
    control.text(RUIZ, LINE, "STOP")
    control.fault("429")
    control.clear()
    assert control.messages() == []
    assert twilio.messages.create(to=RUIZ, from_=LINE, body="Hi").status == "queued"


def test_a_restarted_phone_remembers_and_carries_what_was_on_its_way(application, tmp_path):
    settings = Settings(
        account_sid=SID, auth_token=TOKEN, public_url=application.url, state=str(tmp_path / "phone.sqlite")
    )
    before = PocketPhone(settings)
    client = create_app(before).test_client()
    client.post("/pocket/lines", json={"number": LINE, "name": "Harbor"})
    client.post("/pocket/faults", json={"kind": "429", "count": 3})
    client.post("/pocket/texts", json={"from": RUIZ, "to": LINE, "body": "STOP"})
    before.stop()
    assert application.received == []

    after = PocketPhone(settings)
    after.start()
    assert after.deliveries.wait_idle(5)
    assert [received.form["Body"] for received in application.received] == ["STOP"]
    state = create_app(after).test_client().get("/pocket/state").json
    assert state["messages"][0]["body"] == "STOP"
    assert state["opt_outs"] == [{"line": LINE, "phone": RUIZ}]
    assert state["faults"][0]["remaining"] == 3
    after.stop()


def test_state_gives_only_what_changed(phone, control, twilio):
    twilio.messages.create(to=RUIZ, from_=LINE, body="Hi")
    settle(control)
    client = create_app(phone).test_client()
    (message,) = client.get("/pocket/state").json["messages"]
    assert message["status"] == "delivered"
    later = client.get(f"/pocket/state?after={message['change_id']}").json
    assert later["messages"] == []
    control.clear()
    assert client.get("/pocket/state").json["era"] != later["era"]


class FakeClock:
    def __init__(self):
        self.now = "2026-03-02T08:00:00-06:00"

    def show(self):
        return self.now

    def advance(self, duration):
        if duration != "1h":
            raise ClockError(f"{duration} is no duration.")
        self.now = "2026-03-02T09:00:00-06:00"


def test_the_clock_is_shown_moved_and_stamped_on_messages(settings):
    phone = PocketPhone(settings, clock=FakeClock())
    client = create_app(phone).test_client()
    assert client.get("/pocket/state").json["clock"]["now"] == "2026-03-02T08:00:00-06:00"
    assert client.post("/pocket/clock/advance", json={"duration": "1h"}).status_code == 202
    until(lambda: not phone.clock.show()["advancing"])
    client.post("/pocket/lines", json={"number": LINE})
    said = client.post("/pocket/texts", json={"from": RUIZ, "to": LINE, "body": "IN"}).json
    assert said["clock_at"] == "2026-03-02T09:00:00-06:00"
    client.post("/pocket/clock", json={"now": "2026-03-02T10:00:00-06:00"})
    assert client.get("/pocket/state").json["clock"]["now"] == "2026-03-02T10:00:00-06:00"
    phone.stop()


def test_a_clock_that_will_not_move_says_why(settings):
    phone = PocketPhone(settings, clock=FakeClock())
    phone.clock.advance("soon")
    until(lambda: not phone.clock.show()["advancing"])
    assert phone.clock.show()["trouble"] == "soon is no duration."
    phone.stop()


def test_the_page_names_the_phones_says_it_is_a_demonstration_and_runs_no_foreign_script(base_url, control):
    answer = requests.get(base_url, timeout=5)
    assert "Ofc. Ruiz" in answer.text
    assert "no real text is sent" in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "<script>" not in answer.text
    assert "style=" not in answer.text


def test_a_page_elsewhere_cannot_use_the_control_api(base_url, control):
    form = {"from": RUIZ, "to": LINE, "body": "IN"}
    assert requests.post(f"{base_url}/pocket/texts", data=form, timeout=5).status_code == 415
    foreign = requests.get(f"{base_url}/pocket/messages", headers={"Host": "evil.example"}, timeout=5)
    assert foreign.status_code == 403


@pytest.mark.parametrize("mode", ["production", "", None])
def test_outside_a_demonstration_it_refuses(mode):
    environ = {name: value for name, value in (DEMO | {"DUTYLINE_MODE": mode}).items() if value is not None}
    with pytest.raises(OutsideDemo, match="DUTYLINE_MODE=demo"):
        settings_from(Config.load(environ), state=":memory:")
    result = CliRunner().invoke(command, ["--port", "1"], env=DEMO | {"DUTYLINE_MODE": mode})
    assert result.exit_code == 1
    assert "only with DUTYLINE_MODE=demo" in result.output


def test_secrets_may_come_from_files_and_webhooks_go_to_the_base_given(tmp_path):
    (tmp_path / "token").write_text("from-a-file\n")
    environ = {name: value for name, value in DEMO.items() if name != "TWILIO_AUTH_TOKEN"}
    environ["TWILIO_AUTH_TOKEN_FILE"] = str(tmp_path / "token")
    settings = settings_from(Config.load(environ), state=":memory:", webhook_base="https://demo.example/")
    assert settings.auth_token == "from-a-file"
    assert settings.sms_url == "https://demo.example/twilio/sms"


def test_what_was_texted_is_saved_by_a_command_and_what_it_says_is_told(settings, tmp_path):
    """The command stands in for dutyline: it writes the file it is told, and says on standard error what differed."""
    script = tmp_path / "dutyline"
    script.write_text(
        "import sys\nopen(sys.argv[2], 'w').write('Title: x')\nprint('kept\\none differed', file=sys.stderr)\n"
    )
    phone = PocketPhone(settings, saver=CommandSaver([sys.executable, str(script)], tmp_path))
    saved = create_app(phone).test_client().post("/pocket/transcript", json={})
    assert saved.status_code == 200
    assert saved.json["said"] == "one differed"
    assert Path(saved.json["file"]).read_text() == "Title: x"


def test_what_cannot_be_saved_is_said_with_its_reason(settings, tmp_path):
    script = tmp_path / "dutyline"
    script.write_text("import sys\nsys.exit('There is no clock here.')\n")
    for saver, reason in (
        (CommandSaver([sys.executable, str(script)], tmp_path), "There is no clock here."),
        (None, "There is no demonstration here to save."),
    ):
        refused = create_app(PocketPhone(settings, saver=saver)).test_client().post("/pocket/transcript", json={})
        assert (refused.status_code, refused.json["error"]) == (400, reason)
