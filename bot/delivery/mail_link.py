"""The link below every mail that ends them: signed, so that nobody can end another's, and good for as long as it takes.

It names department, officer and address, and does nothing else than end the mails that go there.
"""

import hashlib
from dataclasses import dataclass, field

from itsdangerous import BadSignature, URLSafeSerializer

PATH = "/mail/stop"
_SALT = "mails-end-here"


@dataclass(frozen=True, slots=True)
class Named:
    """Whose mails a link ends; `mark` stands for the address that it was mailed to."""

    department_id: int
    officer_id: int
    mark: str

    def is_of(self, address: str) -> bool:
        """Whether it was mailed to this address."""
        return self.mark == _mark(address)


@dataclass(frozen=True, slots=True)
class StopLinks:
    """Makes links under our secret, to pages below `public_url`."""

    secret: str = field(repr=False)
    public_url: str

    def of(self, department_id: int, officer_id: int, address: str) -> str:
        """The address of the page that ends the officer's mails."""
        token = _serializer(self.secret).dumps([department_id, officer_id, _mark(address)])
        return f"{self.public_url}{PATH}?t={token}"


def read_token(secret: str, token: str) -> Named | None:
    """Whom the link names; None for one that we did not sign."""
    try:
        department_id, officer_id, mark = _serializer(secret).loads(token)
    except (BadSignature, TypeError, ValueError):
        return None
    return Named(int(department_id), int(officer_id), str(mark))


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256})


def _mark(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]
