"""ResolveNames (MS-OXWSRSLNM): the directory's ambiguous name resolution, which matches beginnings."""

from __future__ import annotations

from vfadmin.simulator import soap
from vfadmin.simulator.call import Call
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.names import M, esc

_LIMIT = 100
_ADDRESSES = 3


def resolve_names(call: Call) -> list[str]:
    """The people an entry may mean: none is an error, several are a warning."""
    entry = (call.element.findtext(f"{M}UnresolvedEntry") or "").strip()
    if not entry:
        raise schema_violation("The 'UnresolvedEntry' element is invalid - The value is empty.")
    full = call.attribute("ReturnFullContactData", ("true", "false", "1", "0"), required=True) in (
        "true",
        "1",
    )
    everything = call.attribute("ContactDataShape", ("IdOnly", "Default", "AllProperties")) == "AllProperties"
    found = [mailbox for mailbox in call.store.mailboxes if matches(mailbox, entry)]
    if not found:
        return [soap.failure("ResolveNames", ExchangeError("ErrorNameResolutionNoResults"))]
    shown = found[:_LIMIT]
    last = str(len(shown) == len(found)).lower()
    inner = "".join(_resolution(mailbox, full=full, everything=everything) for mailbox in shown)
    view = f'TotalItemsInView="{len(shown)}" IncludesLastItemInRange="{last}"'
    content = f"<m:ResolutionSet {view}>{inner}</m:ResolutionSet>"
    if len(found) > 1:
        error = ExchangeError("ErrorNameResolutionMultipleResults")
        return [soap.failure("ResolveNames", error, content, warning=True)]
    return [soap.success("ResolveNames", content)]


def matches(mailbox: Mailbox, entry: str) -> bool:
    """Whether an entry is the beginning of a name, alias or address of a person, or his login.

    A leading "=" asks for the whole alias; "smtp:" announces an address.
    """
    spec = mailbox.spec
    wanted = entry.casefold()
    if wanted.startswith("="):
        return spec.account_name.casefold() == wanted[1:]
    wanted = wanted.removeprefix("smtp:")
    if "\\" in wanted or (spec.login and wanted == spec.login.casefold()):
        return wanted == spec.login.casefold()
    name = spec.display_name.casefold()
    begins = (name, *name.split(), spec.account_name.casefold(), spec.email.casefold())
    return any(text.startswith(wanted) for text in (*begins, *(alias.casefold() for alias in spec.aliases)))


def _resolution(mailbox: Mailbox, *, full: bool, everything: bool) -> str:
    name, email = esc(mailbox.spec.display_name), esc(mailbox.spec.email)
    contact = _contact(mailbox, everything=everything) if full else ""
    return (
        f"<t:Resolution><t:Mailbox><t:Name>{name}</t:Name><t:EmailAddress>{email}</t:EmailAddress>"
        f"<t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox>{contact}</t:Resolution>"
    )


def _contact(mailbox: Mailbox, *, everything: bool) -> str:
    """The directory's entry; the alias only where all properties are asked for."""
    spec = mailbox.spec
    addresses = [f"SMTP:{spec.email}", *(f"smtp:{alias}" for alias in spec.aliases)]
    entries = "".join(
        f'<t:Entry Key="EmailAddress{place}">{esc(address)}</t:Entry>'
        for place, address in enumerate(addresses[:_ADDRESSES], start=1)
    )
    alias = f"<t:Alias>{esc(spec.account_name)}</t:Alias>" if everything else ""
    return (
        f"<t:Contact><t:DisplayName>{esc(spec.display_name)}</t:DisplayName>"
        f"<t:EmailAddresses>{entries}</t:EmailAddresses>"
        f"<t:ContactSource>ActiveDirectory</t:ContactSource>{alias}</t:Contact>"
    )
