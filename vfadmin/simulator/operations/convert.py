"""ConvertId (MS-OXWSCVTID): identifiers from one form into another."""

from __future__ import annotations

from lxml import etree

from vfadmin.simulator import ids, soap
from vfadmin.simulator.call import Call
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.names import esc, local


def convert_id(call: Call) -> list[str]:
    """Each source id in the form asked for; ids need not point at anything that exists."""
    wanted = call.attribute("DestinationFormat", ids.ID_FORMATS, required=True)
    messages = []
    for element in call.child("SourceIds"):
        try:
            messages.append(soap.success("ConvertId", _converted(call, element, str(wanted))))
        except ExchangeError as error:
            messages.append(soap.failure("ConvertId", error))
    return messages


def _converted(call: Call, element: etree._Element, wanted: str) -> str:
    if local(element.tag) != "AlternateId":
        raise ExchangeError("ErrorInvalidIdMalformed", "Public folders are not kept here.")
    form, text, email = element.get("Format"), element.get("Id"), element.get("Mailbox")
    if form not in ids.ID_FORMATS or text is None or not email:
        raise schema_violation("The element 'AlternateId' has invalid attributes.")
    if call.store.by_email(email) is None and call.store.by_alias(email) is None:
        raise ExchangeError("ErrorNonExistentMailbox")
    ews_id = ids.to_ews_id(text, form)
    if ews_id is None:
        raise ExchangeError("ErrorInvalidIdMalformed")
    converted = ids.from_ews_id(ews_id, wanted)
    return (
        f'<m:AlternateId xsi:type="t:AlternateIdType" Format="{wanted}" Id="{esc(converted)}" '
        f'Mailbox="{esc(email)}"/>'
    )
