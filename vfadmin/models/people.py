"""What is derived from a person's data so that SQL can search, sort and compare it.

SQLite folds the case of ASCII letters only and knows no Finnish order, so both are prepared here, and
every program that writes a person's name, e-mail or login writes these columns with it.
"""

from __future__ import annotations

import unicodedata

from sqlalchemy import ColumnElement

from vfadmin.models.directory import Person

SORT_NAME_LIMIT = 600

# Finnish puts these behind z, in this order (SFS 4600); the ASCII signs behind z keep that in a plain
# comparison. Letters of other languages go to the letter Finnish readers look under.
_AFTER_Z = str.maketrans(
    {
        "å": "{",
        "ä": "|",
        "æ": "|",
        "ö": "}",
        "ø": "}",
        "ü": "y",
        "ű": "y",
        "ð": "d",
        "đ": "d",
        "þ": "th",
        "ł": "l",
        "œ": "}",
    }
)


def search_text(*, person_id: int, name: str, email: str = "", login: str = "") -> str:
    """What the search field looks in: name, e-mail, login and id, casefolded, one a line."""
    return fold("\n".join((name, email, login, str(person_id))))


def fold(text: str) -> str:
    """The form in which texts are compared without regard to case."""
    if text.isascii():
        return text.lower()  # the same, in a fraction of the time
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def sort_name(name: str) -> str:
    """A key whose plain comparison is the Finnish alphabetical order: å, ä and ö after z."""
    letters = fold(" ".join(name.split())).translate(_AFTER_Z)
    bare = "".join(char for char in unicodedata.normalize("NFD", letters) if not unicodedata.combining(char))
    return bare[:SORT_NAME_LIMIT]


def login_key(login: str) -> str:
    """The form in which two logins are the same: Exchange and AD do not tell cases apart."""
    return fold(login.strip())


def mentions(text: str) -> ColumnElement[bool]:
    """The condition that a person's ``search_text`` contains ``text``, whatever the case."""
    return Person.search_text.contains(fold(text), autoescape=True)
