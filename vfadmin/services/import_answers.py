"""What Exchange says of the logins of a list, as far as it was asked (R26)."""

from __future__ import annotations

from dataclasses import dataclass

from vfadmin.errors import Failure


@dataclass(frozen=True, slots=True)
class LoginAnswer:
    """The answer about a login; ``mailbox`` is the address behind it."""

    login: str
    mailbox: str | None = None
    failure: Failure | None = None

    @property
    def ok(self) -> bool:
        """Whether the mailbox is there and may be impersonated."""
        return self.failure is None

    @property
    def certain(self) -> bool:
        """Whether asking again would answer the same; not so when the server was busy, for instance."""
        return self.failure is None or not self.failure.transient

    @property
    def refusal(self) -> Failure | None:
        """Why the login cannot be used; None also while that is not certain."""
        return self.failure if self.certain else None
