"""Workbooks with a password ([MS-OFFCRYPTO])."""

from __future__ import annotations

from io import BytesIO

from vfadmin.services.sheets.grid import Trouble, UnreadableError

_EVERYBODYS = "VelvetSweatshop"
"""Excel's own password of a workbook that is protected against changes only ([MS-OFFCRYPTO] 2.1)."""


def opened(content: bytes, password: str | None) -> bytes:
    """The workbook without its protection. Raises UnreadableError: no password given, or a wrong one."""
    # Cryptography takes its time to load, and few lists are protected.
    import msoffcrypto  # noqa: PLC0415
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError  # noqa: PLC0415

    plain = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(content))
        file.load_key(password=password or _EVERYBODYS, verify_password=True)
        file.decrypt(plain)
    except InvalidKeyError as error:
        raise UnreadableError(Trouble.WRONG_PASSWORD if password else Trouble.PASSWORD) from error
    except (DecryptionError, FileFormatError) as error:
        raise UnreadableError(Trouble.DAMAGED) from error
    except Exception as error:
        # The library tells of a file that is not as it should be by whatever exception comes up.
        raise UnreadableError(Trouble.DAMAGED) from error
    return plain.getvalue()
