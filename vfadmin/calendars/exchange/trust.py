"""Who is believed when a server shows its certificate."""

from __future__ import annotations

import ssl

import requests.utils

from vfadmin.errors import CalendarError, failure


def trust(ca_file: str | None) -> ssl.SSLContext:
    """The system's authorities, and those of the connection's CA file.

    Raises CalendarError EX-TLS-04 for a file that cannot be read or holds no certificate.
    """
    # The system's store knows the authorities a company rolls out; the bundled list stands in where
    # there is none, as in a frozen program.
    context = ssl.create_default_context()
    context.load_verify_locations(cafile=requests.utils.DEFAULT_CA_BUNDLE_PATH)
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ValueError) as broken:
            raise CalendarError(failure("EX-TLS-04", path=ca_file)) from broken
    return context
