"""
The peer's side of `bench.peer`, run by the peer's own Python: RapidSMS on Django, asking one question, keeping answers.

A text comes in by RapidSMS's HTTP backend, its router finds the contact behind the number, the message log keeps the
text and the reply, and an application asks a question on every first text and records the answer on every second.
"""

import os
from urllib.parse import parse_qsl, urlsplit

import django
from django.conf import settings

_DATABASE = urlsplit(os.environ["PEER_DATABASE_URL"])

settings.configure(
    SECRET_KEY=os.environ["PEER_SECRET"],
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _DATABASE.path.lstrip("/"),
            "USER": _DATABASE.username,
            "PASSWORD": _DATABASE.password,
            "HOST": dict(parse_qsl(_DATABASE.query))["host"],
            "CONN_MAX_AGE": None,
            "ATOMIC_REQUESTS": True,
        }
    },
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "rapidsms",
        "rapidsms.backends.database",
        "rapidsms.contrib.messagelog",
    ],
    INSTALLED_BACKENDS={"line": {"ENGINE": "rapidsms.backends.database.DatabaseBackend"}},
    RAPIDSMS_ROUTER="bench.peer_app.Router",
    LOGGING_CONFIG=None,
)
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up before
from django.core.wsgi import get_wsgi_application  # noqa: E402 - as above
from django.db import connection  # noqa: E402 - as above
from django.urls import path  # noqa: E402 - as above
from rapidsms.apps.base import AppBase  # noqa: E402 - as above
from rapidsms.backends.http.views import GenericHttpBackendView  # noqa: E402 - as above
from rapidsms.models import Backend, Connection, Contact  # noqa: E402 - as above
from rapidsms.router.blocking import BlockingRouter  # noqa: E402 - as above


class Asking(AppBase):
    """Asks what the officer wants, then records what he answers."""

    def handle(self, msg):
        """Walk the one question: True, because every text is ours."""
        who = msg.connections[0]
        with connection.cursor() as cursor:
            cursor.execute("delete from open_question where connection_id = %s returning flow", [who.id])
            if cursor.fetchone() is None:
                cursor.execute("insert into open_question (connection_id, flow) values (%s, 'list')", [who.id])
                msg.respond(f"{who.contact.name}: which one do you want? Reply with its number.")
            else:
                cursor.execute("insert into answer (connection_id, said) values (%s, %s)", [who.id, msg.text])
                msg.respond(f"{who.contact.name}: {msg.text[:20]} is noted.")
        return True


class Router(BlockingRouter):
    """The router with our application beside those that are installed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_app(Asking)


class Line(GenericHttpBackendView):
    """Texts arrive as Twilio posts them."""

    params = {"identity_name": "From", "text_name": "Body"}


urlpatterns = [path("sms", Line.as_view(backend_name="line"))]


def furnish(number: str) -> None:
    """Tables, and the contact who texts."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("create table open_question (connection_id integer primary key, flow text not null)")
        cursor.execute("create table answer (connection_id integer not null, said text not null)")
    backend = Backend.objects.create(name="line")
    Connection.objects.create(backend=backend, identity=number, contact=Contact.objects.create(name="Alvarez"))


application = get_wsgi_application()
