from __future__ import annotations

from collections.abc import Callable

import httpx

from vfadmin.calendars.exchange.trust import trust
from vfadmin.calendars.network import network_code, spared
from vfadmin.services.patience import never, within
from vfadmin.services.updates.envelope import LARGEST
from vfadmin.services.updates.refusals import UpdateError, refused

PATIENCE = 10.0
"""Seconds for each step of the way, and for the whole answer."""
_OK = 200
_HEADERS = {
    # No version: who asks is nobody's business, and the answer is the same for all.
    "User-Agent": "vfadmin",
    "Accept": "application/json",
    # What is packed could grow beyond any limit.
    "Accept-Encoding": "identity",
}


def fetch(url: str, whole: float = PATIENCE, cancelled: Callable[[], bool] = never) -> bytes:
    """The bytes at an address of https, at most one more than an envelope may have, within ``whole`` seconds.

    Once ``cancelled`` says so, nobody waits for them any more, and there is no answer either. Verified as
    any server is: the system's authorities, by name. A redirect is not followed, wherever it leads.
    Raises UpdateError VF-UPDATE-02.
    """
    answer = within(whole, lambda: _got(url), "updates", cancelled)
    if answer is None:
        raise _unreached("EX-CONN-04")
    return answer


def _got(url: str) -> bytes:
    try:
        with (
            httpx.Client(
                verify=trust(None),
                mounts=spared(url),
                timeout=PATIENCE,
                follow_redirects=False,
                headers=_HEADERS,
            ) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != _OK:
                raise _unreached(f"HTTP {answer.status_code}")
            return _taken(answer)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:  # the last of a proxy's address
        raise _unreached(network_code(error)) from None


def _taken(answer: httpx.Response) -> bytes:
    taken = b""
    for chunk in answer.iter_raw():
        taken += chunk
        if len(taken) > LARGEST:
            return taken[: LARGEST + 1]
    return taken


def _unreached(detail: str) -> UpdateError:
    return refused("VF-UPDATE-02", detail=detail)
