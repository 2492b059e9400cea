"""translateExchangeIds ("user: translateExchangeIds")."""

from __future__ import annotations

from typing import Any

from vfadmin.simulator.graph import identifiers
from vfadmin.simulator.graph.context import GraphCall, Reply
from vfadmin.simulator.graph.directory import READERS
from vfadmin.simulator.graph.errors import GraphError, bad_request, invalid_request
from vfadmin.simulator.mailbox import Mailbox

_MOST = 1000


def translate_ids(call: GraphCall) -> Reply:
    """Each id in the form asked for; one that cannot be translated carries its error."""
    if not call.roles.intersection(READERS):
        raise GraphError(403, "ErrorAccessDenied")
    value = call.json()
    given = _field(value, "inputIds")
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise bad_request("inputIds must be a collection of texts.", "RequestBodyRead")
    if len(given) > _MOST:
        raise invalid_request(f"At most {_MOST} ids can be translated at once.")
    source, target = _form(value, "sourceIdType"), _form(value, "targetIdType")
    results = [_translated(text, source, target, call.mailbox) for text in given]
    context = f"{call.root}/$metadata#Collection(microsoft.graph.convertIdResult)"
    return Reply(200, {"@odata.context": context, "value": results})


def _translated(text: str, source: str, target: str, mailbox: Mailbox) -> dict[str, Any]:
    ews_id = identifiers.ews_form(text, source, mailbox)
    if ews_id is None:
        return _refused(text, "ErrorInvalidIdMalformed", "Id is malformed.")
    found = identifiers.other_form(ews_id, target, mailbox)
    if found is None:
        return _refused(text, "ErrorItemNotFound", "The specified object was not found in the store.")
    return {"sourceId": text, "targetId": found}


def _refused(text: str, code: str, message: str) -> dict[str, Any]:
    return {"sourceId": text, "targetId": None, "errorDetails": {"code": code, "message": message}}


def _form(value: dict[str, Any], name: str) -> str:
    given = _field(value, name)
    found = next((form for form in identifiers.FORMATS if str(given).lower() == form.lower()), None)
    if found is None:
        raise bad_request(f"Requested value '{given}' was not found.", "RequestBodyRead")
    return found


def _field(value: dict[str, Any], name: str) -> Any:  # noqa: ANN401 (a JSON value)
    """A parameter of an action, in any case of letters: the page itself mixes them."""
    return next((content for key, content in value.items() if key.lower() == name.lower()), None)
