"""What a simulated interface is made of: its customer, its resources and what goes wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from vfadmin.simulator.config import utc_now

Kind = Literal["answer", "login_page", "truncated_json", "partial_list", "repeated_list", "rewritten"]


@dataclass(frozen=True, slots=True)
class ResourceSpec:
    """One resource as the customer's contact at ValueFrame had it opened.

    ``id_field``, ``created_field`` and ``modified_field`` are the server's own; an empty name is a
    field the resource does not show. ``fields`` are what every row has before anybody sets it.
    ``answers_rows`` says that a write is answered with the row, ``replaces`` that an update resets what it
    leaves out.
    ``filters`` are parameters by which a list can be limited: to rows whose field of that name has the value.
    """

    name: str
    key: str = field(repr=False)
    verbs: frozenset[str] = frozenset({"GET", "POST", "PUT", "DELETE"})
    paging: bool = True
    id_field: str = "id"
    created_field: str = "addedDateTime"
    modified_field: str = "modifiedDateTime"
    since_parameter: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    answers_rows: bool = True
    replaces: bool = False
    page_limit: int = 1000


@dataclass(frozen=True, slots=True)
class ValueFrameConfig:
    """How an interface is set up. ``tolerance_s``: how old or early a timestamp may be, in seconds."""

    resources: tuple[ResourceSpec, ...]
    user: str = "esimerkki"
    tolerance_s: int = 300
    tls: bool = True
    port: int = 0
    clock: Callable[[], datetime] = utc_now


@dataclass(frozen=True, slots=True)
class RestFault:
    """One misbehaviour. It strikes where ``method`` and ``resource`` fit (empty: any).

    ``skip`` fitting requests pass first; ``times`` None: for ever. ``single`` limits it to requests for one
    row, or (False) to those for none. Kinds:

    - ``answer``: ``status`` with ``retry_after``; 0 resets the connection. ``moment`` "after": it had its
      effect.
    - ``login_page``: an HTML page with status 200. ``truncated_json``: the body ends after ``cut`` bytes.
    - ``partial_list``: only the first ``share`` of a page is shown. ``repeated_list``: the first page always.
    - ``rewritten``: what was written to ``field`` is kept with ``value`` in its place.
    """

    kind: Kind = "answer"
    method: str = ""
    resource: str = ""
    single: bool | None = None
    moment: Literal["before", "after"] = "before"
    status: int = 500
    retry_after: int | None = None
    cut: int = 20
    share: float = 0.5
    field: str = ""
    value: Any = None
    skip: int = 0
    times: int | None = 1
