"""What the headers of customers' lists mean: synonyms in Finnish, English and Swedish.

And the attribute names of directories, because many a list is an export of one.
"""

from __future__ import annotations

import re

from vfadmin.models.people import fold

FIELDS = (
    "id",
    "name",
    "first_name",
    "last_name",
    "email",
    "company",
    "login",
    "calendar",
    "calendar_name",
    "activate",
    "kind",
    "mobile_sync",
    "device",
)
"""What a column can hold, in the order of the template; ``device`` is a mobile device of the person's."""

IDENTIFYING = frozenset({"id", "name", "first_name", "last_name", "email", "login"})
"""What tells whom a row means; a header row has at least one of them."""

_HEADERS: dict[str, tuple[str, ...]] = {
    "id": (
        *("id", "valueframe id", "valueframeid", "vf id", "vfid", "valueframe tunniste", "vf tunniste"),
        *("henkilö id", "henkilönumero", "henkilön id", "person id", "person number", "personid"),
        *("person nummer", "personnummer i valueframe"),
    ),
    "name": (
        *("nimi", "koko nimi", "henkilö", "henkilön nimi", "työntekijä", "käyttäjän nimi"),
        *(
            "name",
            "full name",
            "fullname",
            "person",
            "person name",
            "employee",
            "display name",
            "displayname",
        ),
        *("namn", "fullständigt namn", "hela namnet", "personens namn", "visningsnamn", "cn", "fn"),
    ),
    "first_name": (
        *("etunimi", "etunimet", "kutsumanimi", "first name", "firstname", "given name", "givenname"),
        *("forename", "förnamn", "tilltalsnamn"),
    ),
    "last_name": ("sukunimi", "last name", "lastname", "surname", "family name", "efternamn", "sn"),
    "email": (
        *("sähköposti", "sähköpostiosoite", "s posti", "sposti", "meili"),
        *("email", "e mail", "mail", "email address", "e mail address", "mail address", "emailaddress"),
        *("e post", "epost", "e postadress", "epostadress", "mejl", "mejladress"),
        *("primarysmtpaddress", "primary smtp address", "windowsemailaddress", "smtp"),
    ),
    "company": (
        *("yhtiö", "yritys", "organisaatio", "firma", "company", "company name", "organisation"),
        *("organization", "bolag", "företag", "org"),
    ),
    "login": (
        *(
            "integraatiotunnus",
            "tunnus",
            "käyttäjätunnus",
            "ad tunnus",
            "exchange tunnus",
            "kirjautumistunnus",
        ),
        *(
            "login",
            "integration login",
            "login name",
            "loginname",
            "username",
            "user name",
            "upn",
            "ad login",
        ),
        *("ad account", "ad user", "exchange login", "userprincipalname", "user principal name"),
        *("integrationsnamn", "integrationskonto", "användarnamn", "inloggning", "inloggningsnamn"),
        *("ad konto", "ad användarnamn", "exchange konto"),
    ),
    "calendar": ("kalenteri", "kalenterivalinta", "calendar", "calendar choice", "kalender", "kalenderval"),
    "calendar_name": (
        *("kalenterin nimi", "kalenterinimi", "calendar name", "name of calendar"),
        *("kalenderns namn", "kalendernamn"),
    ),
    "activate": (
        *("aktivoi", "aktivointi", "aktivoidaan", "otetaan käyttöön", "activate", "activation"),
        *("aktivera", "aktivering", "aktiveras"),
    ),
    "kind": ("laji", "tyyppi", "resurssi", "kind", "type", "resource", "slag", "typ", "resurs"),
    "mobile_sync": (
        *("activesync", "active sync", "syncml", "mobiilisynkronointi", "mobiilisynkka"),
        *("mobile sync", "mobilesync", "mobile synchronisation", "mobilsynkronisering", "mobilsynk"),
    ),
    "device": (
        *("laite", "laitteen nimi", "laitemalli", "laitetyyppi", "laitetunnus", "mobiililaite"),
        *("device", "device name", "device model", "device type", "device id", "mobile device"),
        *("devicename", "devicemodel", "devicetype", "deviceid", "devicefriendlyname", "friendlyname"),
        *("enhet", "mobil enhet", "enhetens namn", "enhetsmodell", "enhetstyp"),
    ),
}
_FIELD_OF = {word: name for name, words in _HEADERS.items() for word in words}
_REMARK = re.compile(r"\([^()]*\)|\[[^][]*\]")
"""What somebody wrote beside a header: ``Nimi (pakollinen)``."""


def field_of(header: str) -> str | None:
    """The field a header names; None for one that nobody knows here."""
    return _FIELD_OF.get(_word(header)) or _FIELD_OF.get(_word(_REMARK.sub(" ", header)))


def names_syncml(header: str) -> bool:
    """Whether a yes under this header means SyncML and not ActiveSync (R18)."""
    return "syncml" in _word(header).replace(" ", "")


def _word(header: str) -> str:
    """A header as the synonyms are written: folded, without signs."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(header)).split())
