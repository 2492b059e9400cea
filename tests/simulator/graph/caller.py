"""A bare Graph client for tests: JSON over httpx."""

from __future__ import annotations

import ssl
from typing import Any, Self

import httpx

from vfadmin.simulator import Simulator

USER = "a@example.test"
KEY = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name key"
START, END = "2026-03-11T08:00:00", "2026-03-11T09:00:00"
WINDOW = {"startDateTime": "2026-03-01T00:00:00Z", "endDateTime": "2026-04-01T00:00:00Z"}


def at(start: str = START, end: str = END, zone: str = "UTC") -> dict[str, Any]:
    """The times of an event."""
    return {"start": {"dateTime": start, "timeZone": zone}, "end": {"dateTime": end, "timeZone": zone}}


def event(subject: str = "palaveri", **more: Any) -> dict[str, Any]:
    """A new event."""
    return {"subject": subject, **at(), **more}


def weekly(count: int = 4, zone: str = "UTC") -> dict[str, Any]:
    """A rule: each Wednesday from 2026-03-11."""
    return {
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["wednesday"]},
        "range": {
            "type": "numbered",
            "startDate": "2026-03-11",
            "numberOfOccurrences": count,
            "recurrenceTimeZone": zone,
        },
    }


def attendees(*addresses: str) -> list[dict[str, Any]]:
    """Those invited."""
    return [{"type": "required", "emailAddress": {"address": address}} for address in addresses]


class Caller:
    """Calls Graph as the application; paths are below a person's address unless they begin with a slash."""

    def __init__(self, simulator: Simulator, user: str = USER) -> None:
        self.simulator = simulator
        self.user = user
        context = ssl.create_default_context(cafile=str(simulator.ca_file))
        self.http = httpx.Client(verify=context, trust_env=False, timeout=30)
        self.headers: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def sign_in(self, **form: str) -> httpx.Response:
        """Ask for a token with the secret, and use it from now on if it is given."""
        graph = self.simulator.config.graph
        asked = {
            "grant_type": "client_credentials",
            "client_id": graph.client_id,
            "client_secret": self.simulator.client_secret,
            "scope": "https://graph.microsoft.com/.default",
        } | form
        url = f"{self.simulator.base_url}/{graph.tenant}/oauth2/v2.0/token"
        response = self.http.post(url, data={name: value for name, value in asked.items() if value})
        if response.status_code == 200:
            self.headers = {"Authorization": f"Bearer {response.json()['access_token']}"}
        return response

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: dict[str, str] | None = None,
        prefer: str | None = None,
        **headers: str,
    ) -> httpx.Response:
        """Send one request; header names with underscores for hyphens."""
        url = path if path.startswith("http") else f"{self.simulator.graph_url}{self._place(path)}"
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if prefer is not None:
            sent["Prefer"] = prefer
        return self.http.request(method, url, json=body, params=params, headers=sent)

    def _place(self, path: str) -> str:
        return path if path.startswith("/") else f"/users/{self.user}/{path}".rstrip("/")

    def get(self, path: str, params: dict[str, str] | None = None, **options: str) -> Any:
        """What a request that succeeds answers."""
        response = self.call("GET", path, params=params, **options)
        assert response.status_code == 200, response.text
        return response.json()

    def create(self, value: dict[str, Any] | None = None, path: str = "events", **options: str) -> Any:
        """A new event."""
        response = self.call("POST", path, event() if value is None else value, **options)
        assert response.status_code == 201, response.text
        return response.json()

    def patch(self, event_id: str, value: dict[str, Any], **options: str) -> Any:
        """A changed event."""
        response = self.call("PATCH", f"events/{event_id}", value, **options)
        assert response.status_code == 200, response.text
        return response.json()

    def delta(self, link: str | None = None, calendar: str = "", **options: str) -> tuple[list[Any], str]:
        """All of a round, page by page, and the link to the next one."""
        found: list[Any] = []
        page = (
            self.get(link, **options)
            if link
            else self.get(f"{calendar}calendarView/delta", WINDOW, **options)
        )
        found += page["value"]
        while "@odata.nextLink" in page:
            page = self.get(page["@odata.nextLink"], **options)
            found += page["value"]
        return found, page["@odata.deltaLink"]


def error_of(response: httpx.Response) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return response.status_code, response.json()["error"]["code"]
