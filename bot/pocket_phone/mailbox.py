"""A mail server that delivers to nobody: it takes mails by SMTP and shows them, or refuses what it is told to refuse.

For demonstrations and tests. No TLS, no password, no relaying; as much of RFC 5321 as a client that sends mails needs.
"""

import re
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

MOST_KEPT = 1000
LARGEST_MAIL = 1_000_000

_PATH = re.compile(rb"(?:MAIL FROM|RCPT TO):\s*<([^>]*)>", re.IGNORECASE)


@dataclass(slots=True)
class Mailbox:
    """What was mailed to anybody, and the replies that are given instead of taking a mail, by address."""

    mails: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    # Numbers go on after a restart, when what came before is forgotten: whoever reads by number misses nothing new.
    forgotten: int = field(default_factory=time.time_ns)

    def take(self, content: bytes) -> None:
        """Keep a mail; of very many the newest."""
        with self.lock:
            self.mails.append(cast("EmailMessage", message_from_bytes(content, policy=policy.default)))
            self._forget(len(self.mails) - MOST_KEPT)

    def after(self, number: int) -> list[tuple[int, EmailMessage]]:
        """Each mail that came after the one of this number, with its own, oldest first."""
        with self.lock:
            first = self.forgotten + 1
            return [(place, each) for place, each in enumerate(self.mails, first) if place > number]

    def clear(self) -> None:
        """Forget all of them."""
        with self.lock:
            self._forget(len(self.mails))

    def _forget(self, count: int) -> None:
        if count > 0:
            del self.mails[:count]
            self.forgotten += count

    def refusal(self, address: str) -> str | None:
        """What is answered to a mail for this address, if it is not taken."""
        with self.lock:
            return self.refusals.get(address)


class _Conversation(socketserver.StreamRequestHandler):
    """One client, from its greeting to its leave."""

    server: "_Server"
    timeout = 60

    def handle(self) -> None:
        self._say("220 pocket phone")
        for line in iter(lambda: self.rfile.readline(2000), b""):
            words = line.strip().upper()
            if words.startswith(b"QUIT"):
                self._say("221 bye")
                return
            self._answer(words, line)

    def _answer(self, words: bytes, line: bytes) -> None:
        path = _PATH.match(line)
        if words.startswith((b"EHLO", b"HELO")):
            self._say(f"250-pocket phone\r\n250-SIZE {LARGEST_MAIL}\r\n250 8BITMIME")
        elif words.startswith(b"RCPT") and path:
            self._say(self.server.mailbox.refusal(path[1].decode("ascii", "replace")) or "250 ok")
        elif words == b"DATA":
            self._take()
        elif path or words.startswith((b"RSET", b"NOOP")):
            self._say("250 ok")
        else:
            self._say("502 not here")

    def _take(self) -> None:
        self._say("354 go on")
        content = bytearray()
        for line in iter(lambda: self.rfile.readline(2000), b""):
            if line == b".\r\n":
                self.server.mailbox.take(bytes(content))
                self._say("250 taken")
                return
            content += line.removeprefix(b".") if line.startswith(b"..") else line
            if len(content) > LARGEST_MAIL:
                break

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mailbox: Mailbox, door: socket.socket | None) -> None:
        self.mailbox = mailbox
        super().__init__(("127.0.0.1", 0), _Conversation, bind_and_activate=door is None)
        if door is not None:
            self.socket.close()
            self.socket = door
            self.server_address = door.getsockname()


def serve_mail(mailbox: Mailbox, door: socket.socket | None = None) -> socketserver.BaseServer:
    """Take mails into `mailbox`, at `door` or a free port of this machine, until the server that is returned is shut
    down; its `server_address` says where.
    """
    server = _Server(mailbox, door)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True, name="mail").start()
    return server


@contextmanager
def mail_server(mailbox: Mailbox) -> Iterator[int]:
    """Take mails into `mailbox` while the block runs; yields the port."""
    server = serve_mail(mailbox)
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
