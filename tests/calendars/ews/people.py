"""Who lives on the simulated server: names that begin alike, aliases, and logins unlike the address."""

from __future__ import annotations

from vfadmin.simulator import MailboxSpec

ANNA = "anna.virtanen@example.com"
ANNA_LONG = "anna.virtanen-lahti@example.com"
MATTI = "matti.meikalainen@example.com"
LIISA = "liisa@example.com"

MAILBOXES = (
    MailboxSpec(email=ANNA, login="EXAMPLE\\annavir", name="Anna Virtanen", aliases=("anna@example.com",)),
    MailboxSpec(email=ANNA_LONG, login="EXAMPLE\\annavirt", name="Anna Virtanen-Lahti"),
    MailboxSpec(email=MATTI, login="matti@corp.example.local", name="Matti Meikäläinen"),
    MailboxSpec(email=LIISA, login="EXAMPLE\\liisa", name="Liisa"),
)
