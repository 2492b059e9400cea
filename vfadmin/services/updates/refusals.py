from __future__ import annotations

from vfadmin.errors import VfadminError, failure


class UpdateError(VfadminError):
    """Whether there is a newer version is not known, for a reason of the VF-UPDATE codes."""


def refused(code: str, **params: str) -> UpdateError:
    """The error of that code, one of VF-UPDATE-01 to -07."""
    return UpdateError(failure(code, retry_after=None, **params))
