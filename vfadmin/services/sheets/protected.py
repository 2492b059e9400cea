"""Workbooks with a password ([MS-OFFCRYPTO])."""

from __future__ import annotations

from io import BytesIO

from vfadmin.services.sheets.grid import Trouble, UnreadableError

_EVERYBODYS = "VelvetSweatshop"
"""Excel's own password of a workbook that is protected against changes only ([MS-OFFCRYPTO] 2.1)."""


def is_protected(content: bytes) -> bool:
    """Whether a workbook of Microsoft's wants a password; False also for what is no workbook."""
    import msoffcrypto  # noqa: PLC0415 - as below

    try:
        return bool(msoffcrypto.OfficeFile(BytesIO(content)).is_encrypted())
    except Exception:  # noqa: BLE001 - as below
        return False


def opened(content: bytes, password: str | None) -> bytes:
    """The workbook without its protection. Raises UnreadableError: no password given, or a wrong one."""
    # Cryptography takes its time to load, and few lists are protected.
    import msoffcrypto  # noqa: PLC0415
    from msoffcrypto.exceptions import InvalidKeyError  # noqa: PLC0415
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415

    plain = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(content))
        # Of an .xls the password is always verified, and the library knows no such word.
        verified = {"verify_password": True} if isinstance(file, OOXMLFile) else {}
        file.load_key(password=password or _EVERYBODYS, **verified)
        file.decrypt(plain)
    except InvalidKeyError as error:
        raise UnreadableError(Trouble.WRONG_PASSWORD if password else Trouble.PASSWORD) from error
    except Exception as error:
        # The library tells of a file that is not as it should be by whatever exception comes up.
        raise UnreadableError(Trouble.DAMAGED) from error
    return plain.getvalue()
