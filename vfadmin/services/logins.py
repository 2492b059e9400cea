"""Integration logins: their two forms (R6) and that nobody shares one (R30)."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from vfadmin.errors import Failure, UsageError, failure
from vfadmin.models import Integration, Person
from vfadmin.models.people import login_key

LOGIN_LIMIT = 320
"""An address has at most 64 + 1 + 255 characters (RFC 5321, 4.5.3.1)."""

_LOCAL_LIMIT = 64
_DOMAIN_LIMIT = 255
_SHOWN_LIMIT = 80

# sAMAccountName forbids these ([MS-SAMR] 3.1.1.6); a @ would make it look like an address.
_ACCOUNT = re.compile(r'[^"/\\\[\]:;|=,+*?<>@\s]{1,256}')
_REALM = re.compile(r"[\w](?:[\w.-]{0,62}[\w])?")
_LOCAL = re.compile(r"[^\s@<>()\[\],;:\\\"]+")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")


class LoginForm(StrEnum):
    """The shapes a login comes in. A user principal name has the shape of an address."""

    ADDRESS = "address"
    DOMAIN_USER = "domain-user"


def normal_login(text: str) -> str:
    """What was typed, as it is stored: composed characters, nothing blank around it."""
    return unicodedata.normalize("NFC", text).strip()


def checked_login(text: str) -> str:
    """The login as it is stored. Raises UsageError VF-LOGIN-02 if it has neither form."""
    login = normal_login(text)
    if form_of(login) is None:
        raise UsageError(malformed(text))
    return login


def malformed(text: str) -> Failure:
    """The failure of a login that has neither form; what was typed is shown without control characters."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return failure("VF-LOGIN-02", login=shown[:_SHOWN_LIMIT])


def form_of(login: str) -> LoginForm | None:
    """The form of a login, None if it has none: blanks, control characters, other signs, or too long."""
    if len(login) > LOGIN_LIMIT or not login.isprintable() or any(char.isspace() for char in login):
        return None
    if is_address(login):
        return LoginForm.ADDRESS
    realm, backslash, account = login.partition("\\")
    if backslash and _REALM.fullmatch(realm) and _ACCOUNT.fullmatch(account) and not account.endswith("."):
        return LoginForm.DOMAIN_USER
    return None


def is_address(text: str) -> bool:
    """Whether it has the form ``local@domain.tld``, letters of any language allowed."""
    local, at, domain = text.rpartition("@")
    if not at or not text.isprintable() or len(local) > _LOCAL_LIMIT or len(domain) > _DOMAIN_LIMIT:
        return False
    dots_right = not (local.startswith(".") or local.endswith(".") or ".." in local)
    labels = domain.split(".")
    return (
        dots_right
        and _LOCAL.fullmatch(local) is not None
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
    )


def held_by(session: Session, login: str, person_id: int) -> Failure | None:
    """The failure if another person, active or not, has that login or the mailbox it names."""
    key = login_key(login)
    other = session.execute(
        select(Person.id, Person.name)
        .join(Integration, Integration.person_id == Person.id)
        .where(
            Integration.person_id != person_id,
            or_(Integration.login_key == key, func.lower(Integration.mailbox) == key),
        )
        .limit(1)
    ).first()
    return None if other is None else taken(login, other.id, other.name)


def taken(login: str, person_id: int, name: str) -> Failure:
    """The failure of a login that somebody has."""
    return failure("VF-LOGIN-03", login=login, person=f"{name} ({person_id})")
