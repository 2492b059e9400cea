"""The closed set of failure codes: one line each, with the scope and kind it always has.

A code is stable for ever: scripts match on it, help pages are found by it. Its texts are in
``resources/messages/{fi,en}.json``; a test keeps both sides complete.
"""

from __future__ import annotations

from dataclasses import replace

from vfadmin.errors.failure import Failure, Kind, Scope

ITEM, MAILBOX, CONNECTION = Scope.ITEM, Scope.MAILBOX, Scope.CONNECTION
TRANSIENT, PERMANENT, PERSON = Kind.TRANSIENT, Kind.PERMANENT, Kind.NEEDS_PERSON

CODES: dict[str, tuple[Scope, Kind]] = {
    # What was asked for (usage)
    "VF-PERSON-01": (ITEM, PERMANENT),  # {person}: no such person
    "VF-PERSON-02": (ITEM, PERMANENT),  # {person}: an id that is taken by another person
    "VF-PERSON-03": (ITEM, PERMANENT),  # {value}: not an e-mail address
    "VF-PERSON-04": (ITEM, PERMANENT),  # {field}: a required value is missing or too long
    "VF-PERSON-05": (ITEM, PERMANENT),  # {value}: not a ValueFrame ID
    "VF-PERSON-06": (ITEM, PERMANENT),  # {value}: not a mobile sync
    "VF-COMPANY-01": (ITEM, PERMANENT),  # {company}: no such company
    "VF-STATE-01": (ITEM, PERMANENT),  # {person}, {state}, {action}: not possible in this state
    "VF-STATE-02": (ITEM, PERMANENT),  # {value}: no such integration state
    "VF-STATE-03": (ITEM, PERMANENT),  # {person}: a resource, only links to it are synchronised
    "VF-LOGIN-01": (ITEM, PERMANENT),  # {person}: no login
    "VF-LOGIN-02": (ITEM, PERMANENT),  # {login}: malformed
    "VF-LOGIN-03": (ITEM, PERMANENT),  # {login}, {person}: used by another person
    "VF-LOGIN-04": (ITEM, PERMANENT),  # {person}: inactive in ValueFrame
    "VF-LOGIN-05": (ITEM, PERMANENT),  # {person}: changed by somebody else meanwhile
    "VF-LOGIN-07": (ITEM, PERMANENT),  # {value}: {character} only looks like a Latin letter
    "VF-LOGIN-06": (ITEM, PERMANENT),  # {login}: an AD name, and all mailboxes are in Office 365
    "VF-MOVE-01": (MAILBOX, PERSON),  # {count}: events that were not found over the other protocol
    "VF-MOVE-02": (MAILBOX, TRANSIENT),  # {person}: a write is in doubt
    "VF-HELD-01": (ITEM, PERMANENT),  # {action}, {event}: that decision does not fit what waits
    "VF-HELD-02": (ITEM, PERMANENT),  # {event}, {person}: it does not wait any more
    "VF-HELD-03": (ITEM, TRANSIENT),  # {person}: the mailbox is at work, and the decision was not stored
    "VF-HELD-04": (ITEM, PERMANENT),  # {event}: what lost the conflict could not be restored
    "VF-UNDO-01": (ITEM, PERMANENT),  # {person}: changed since the change that is to be undone
    "VF-UNDO-02": (ITEM, PERMANENT),  # {run}: no such run
    "VF-UNDO-03": (ITEM, PERMANENT),  # {run}: nothing is known of what it did
    "VF-ERASE-01": (ITEM, PERMANENT),  # {person}, {id}, {state}: the integration is in use
    "VF-ERASE-02": (ITEM, PERMANENT),  # {person}, {id}: what was brought is not taken out yet
    "VF-CALENDAR-01": (ITEM, PERMANENT),  # {name}: not a usable calendar name
    "VF-CALENDAR-02": (ITEM, PERMANENT),  # {person}: events are synchronised in the present calendar
    "VF-EVENT-01": (ITEM, PERMANENT),  # {event}: no such event
    "VF-EVENT-02": (ITEM, PERMANENT),  # {field}, {value}: not a usable value
    "VF-EVENT-03": (ITEM, PERMANENT),  # event ends before it starts
    "VF-EVENT-04": (ITEM, PERMANENT),  # {value}: not a usable recurrence
    "VF-EVENT-05": (ITEM, PERMANENT),  # {event}: changed by somebody else meanwhile
    "VF-SETTING-01": (ITEM, PERMANENT),  # {key}: no such setting
    "VF-SETTING-02": (ITEM, PERMANENT),  # {key}, {value}: not a usable value
    "VF-SETTING-03": (ITEM, PERMANENT),  # {key}: has a switch of its own
    "VF-ALERT-01": (ITEM, PERMANENT),  # {field}, {value}: not a usable value of an alert
    "VF-ALERT-02": (ITEM, PERMANENT),  # {address}: somebody's calendar, and no administrator's address
    "VF-ALERT-03": (ITEM, PERMANENT),  # {channel}, {detail}: an alert could not be sent
    "VF-UPDATE-01": (ITEM, PERMANENT),  # a build that knows no publisher's key
    "VF-UPDATE-02": (ITEM, TRANSIENT),  # {detail}: the manifest could not be fetched
    "VF-UPDATE-03": (ITEM, PERMANENT),  # not signed by the publisher
    "VF-UPDATE-04": (ITEM, PERMANENT),  # {detail}: no manifest
    "VF-UPDATE-05": (ITEM, PERMANENT),  # {since}, {until}: a manifest that is not valid today
    "VF-UPDATE-06": (ITEM, PERMANENT),  # {day}: a manifest older than one seen before
    "VF-UPDATE-07": (ITEM, PERMANENT),  # switched off, or without an address
    "VF-MODULE-01": (CONNECTION, PERSON),  # the module is off
    "VF-IMPORT-01": (ITEM, PERMANENT),  # {file}: cannot be read as a workbook
    "VF-IMPORT-02": (ITEM, PERMANENT),  # {file}: header row not found
    "VF-IMPORT-03": (ITEM, PERMANENT),  # {file}, {sheet}: no such sheet
    "VF-IMPORT-04": (ITEM, PERMANENT),  # {name}: two or more persons match: {candidates}
    "VF-IMPORT-05": (ITEM, PERMANENT),  # duplicate of row {row}
    "VF-IMPORT-06": (ITEM, PERMANENT),  # {column}: no such column, or one field is given twice
    "VF-IMPORT-07": (ITEM, PERMANENT),  # {file}: cannot be written
    "VF-IMPORT-09": (ITEM, PERMANENT),  # {file}: protected by a password
    "VF-IMPORT-10": (ITEM, PERMANENT),  # {file}: another password
    "VF-IMPORT-08": (ITEM, PERMANENT),  # {column}, {value}: not a usable value of the cell
    "VF-IMPORT-20": (ITEM, PERMANENT),  # cancelled, nothing was written
    "VF-IMPORT-21": (ITEM, PERMANENT),  # {batch}: no such bulk load
    "VF-IMPORT-22": (ITEM, PERMANENT),  # {name}: nobody matches, and this list adds nobody
    "VF-IMPORT-23": (ITEM, PERMANENT),  # {batch}: undone already
    "VF-IMPORT-24": (ITEM, PERMANENT),  # {batch}: too many others came after it to be undone
    "VF-IMPORT-25": (ITEM, PERMANENT),  # {person}: loaded, and referred to since
    "VF-IMPORT-26": (ITEM, PERMANENT),  # {company}: a new company, where only known ones are wanted
    "VF-USAGE-01": (ITEM, PERMANENT),  # {detail}: wrong use of the command line
    "VF-OUTPUT-01": (CONNECTION, PERSON),  # no room for what was to be written
    "VF-WINDOW-01": (CONNECTION, PERSON),  # no display for the window
    "VF-WINDOW-02": (CONNECTION, TRANSIENT),  # the window that is open does not answer
    # The store
    "VF-HOME-01": (CONNECTION, PERSON),  # {path}: cannot be written
    "VF-HOME-02": (CONNECTION, PERSON),  # {path}: on a network share
    "VF-STORE-01": (CONNECTION, TRANSIENT),  # {detail}: database out of reach
    "VF-STORE-02": (CONNECTION, PERSON),  # {found}, {known}: a newer version's database
    "VF-STORE-03": (CONNECTION, PERSON),  # {path}: not a vfadmin database, or damaged
    "VF-STORE-04": (CONNECTION, TRANSIENT),  # the database is locked
    "VF-ROLE-01": (CONNECTION, PERSON),  # kept for the role of support
    "VF-ROLE-02": (CONNECTION, PERSON),  # kept for the role of administrators
    "VF-ROLE-03": (CONNECTION, PERSON),  # the user has none of the roles
    "VF-ROLE-04": (CONNECTION, PERSON),  # kept for the owner of the database
    "VF-ROLE-05": (CONNECTION, PERSON),  # roles are a shared database's
    "VF-ROLE-06": (CONNECTION, PERSON),  # {names}: roles that this user may not make
    "VF-ROLE-07": (ITEM, PERMANENT),  # {name}: not a usable name of a role
    "VF-ROLE-08": (ITEM, PERMANENT),  # {name}: owns the database, no role limits it
    "VF-ROLE-09": (CONNECTION, PERSON),  # kept for the role of administrators, not for support
    "VF-BACKUP-01": (CONNECTION, PERSON),  # {path}: no backup of vfadmin's, or damaged
    "VF-BACKUP-02": (CONNECTION, PERSON),  # {path}, {found}: a newer version's backup
    "VF-BACKUP-03": (CONNECTION, PERSON),  # {detail}: holds data that would be overwritten
    "VF-BACKUP-04": (CONNECTION, PERSON),  # {table}, {row}: the database does not take what the backup holds
    "VF-LEASE-01": (MAILBOX, TRANSIENT),  # another process synchronises this mailbox
    "VF-LEASE-02": (MAILBOX, TRANSIENT),  # the lease was taken over
    "VF-WORKER-01": (CONNECTION, PERSON),  # a worker on a database that is a file
    "VF-WORKER-02": (
        CONNECTION,
        PERSON,
    ),  # {found}, {known}: the schema was changed under a worker
    "VF-WORKER-03": (CONNECTION, PERSON),  # {schema}: the database's user may not make the queue's schema
    # ValueFrame's REST interface
    "VF-REST-01": (CONNECTION, PERSON),  # {path}, {field}, {problem}, {value}: the field map is malformed
    "VF-REST-02": (CONNECTION, PERSON),  # {user}, {resource}, {host}: the hash is refused
    "VF-REST-03": (CONNECTION, PERSON),  # {host}, {seconds}: the clocks differ, so every hash is stale
    "VF-REST-04": (CONNECTION, TRANSIENT),  # {host}, {detail}: out of reach
    "VF-REST-05": (CONNECTION, PERSON),  # {host}: certificate or TLS
    "VF-REST-06": (CONNECTION, TRANSIENT),  # {host}: throttled
    "VF-REST-07": (CONNECTION, TRANSIENT),  # {host}, {detail}: a fault of the service
    "VF-REST-08": (CONNECTION, PERSON),  # {resource}: not opened for this customer
    "VF-REST-09": (ITEM, PERMANENT),  # {verb}, {resource}: a verb that is not open; one direction only
    "VF-REST-10": (CONNECTION, PERSON),  # {resource}, {detail}: an answer that is not the resource's
    "VF-REST-11": (ITEM, PERMANENT),  # {field}, {value}: missing from an event, or does not parse
    "VF-REST-12": (ITEM, PERSON),  # a create with an unknown outcome waits for an admin
    "VF-REST-13": (CONNECTION, TRANSIENT),  # {resource}: the list changed while it was read, or broke off
    "VF-REST-14": (CONNECTION, PERSON),  # no field map is set
    "VF-REST-15": (ITEM, PERMANENT),  # {count}: events are synchronised with another source
    "VF-REST-16": (ITEM, PERMANENT),  # {name}, {known}: no resource's key is called that
    "VF-REST-17": (
        ITEM,
        PERMANENT,
    ),  # ValueFrame is reached over REST: the database's events are others
    # Secrets
    "VF-SECRET-01": (CONNECTION, PERSON),  # no usable keyring
    "VF-SECRET-02": (CONNECTION, PERSON),  # the keyring is locked
    "VF-SECRET-03": (CONNECTION, PERSON),  # {connection}: no secret stored
    "VF-SECRET-04": (CONNECTION, PERSON),  # {path}: a secret's file that cannot be trusted or read
    "VF-SECRET-05": (CONNECTION, PERSON),  # {connection}, {path}: the secret is in a file of somebody else's
    # The connection to Exchange
    "EX-CONN-01": (CONNECTION, PERSON),  # no connection is set
    "EX-CONN-02": (CONNECTION, TRANSIENT),  # {host}: the name is unknown (DNS)
    "EX-CONN-03": (CONNECTION, TRANSIENT),  # {host}, {port}: nobody answers
    "EX-CONN-04": (CONNECTION, TRANSIENT),  # {host}: no answer in time
    "EX-CONN-05": (CONNECTION, TRANSIENT),  # {host}: the connection broke
    "EX-CONN-06": (CONNECTION, PERSON),  # {url}: no service of Exchange there
    "EX-CONN-07": (CONNECTION, PERSON),  # a login page or other HTML answered
    "EX-CONN-08": (CONNECTION, PERSON),  # a proxy wants a login
    "EX-CONN-09": (CONNECTION, PERSON),  # unknown connection {name}
    "EX-CONN-10": (CONNECTION, PERSON),  # {field}, {value}: a connection setting is malformed
    "EX-CONN-11": (CONNECTION, PERSON),  # 413: request too large for a proxy
    "EX-CONN-12": (CONNECTION, PERSON),  # {host}, {seconds}: the clocks differ too much
    "EX-TLS-01": (CONNECTION, PERSON),  # {host}: certificate of an unknown authority
    "EX-TLS-02": (CONNECTION, PERSON),  # {host}: certificate for another name, expired
    "EX-TLS-03": (CONNECTION, PERSON),  # {host}: no common TLS version
    "EX-TLS-05": (CONNECTION, PERSON),  # {host}: an old server, {detail}; {connection} needs its profile
    "EX-TLS-06": (CONNECTION, PERSON),  # {host}: no old server any more, {detail}; {connection} without it
    "EX-TLS-04": (CONNECTION, PERSON),  # {path}: the CA file cannot be read
    "EX-AUTH-01": (CONNECTION, PERSON),  # {account}: name or password refused; {offers}
    "EX-AUTH-02": (CONNECTION, PERSON),  # {method}: not offered; {offers}
    "EX-AUTH-03": (CONNECTION, PERSON),  # 403: EWS closed for this account or application
    "EX-AUTH-04": (CONNECTION, PERSON),  # {tenant}: Entra knows no such tenant
    "EX-AUTH-05": (CONNECTION, PERSON),  # {application}: unknown in {tenant}, or disabled
    "EX-AUTH-06": (CONNECTION, PERSON),  # {application}: the client secret is wrong
    "EX-AUTH-07": (CONNECTION, PERSON),  # {application}: the client secret has expired
    "EX-AUTH-08": (CONNECTION, PERSON),  # {application}: the certificate is not the registered one, expired
    "EX-AUTH-09": (CONNECTION, PERSON),  # {application}: Conditional Access
    "EX-AUTH-10": (CONNECTION, PERSON),  # {application}: nobody consented
    "EX-AUTH-11": (CONNECTION, PERSON),  # {detail}: another refusal by Entra
    "EX-AUTH-12": (CONNECTION, PERSON),  # {tenant}: Graph refuses the token
    "EX-AUTH-13": (CONNECTION, PERSON),  # {path}: certificate file unreadable, or its passphrase wrong
    "EX-BUSY-01": (MAILBOX, TRANSIENT),  # throttled
    "EX-BUSY-02": (CONNECTION, TRANSIENT),  # 503: service down
    "EX-BUSY-03": (MAILBOX, TRANSIENT),  # mailbox is being moved or its store is offline
    "EX-IMP-01": (MAILBOX, PERMANENT),  # {account}, {mailbox}: may not impersonate
    "EX-IMP-02": (CONNECTION, PERSON),  # {account}: impersonation failed (directory, trust)
    "EX-GRAPH-01": (MAILBOX, PERMANENT),  # {mailbox}: an application access policy is in the way
    "EX-GRAPH-02": (MAILBOX, PERMANENT),  # {application}, {mailbox}: no permission, or outside its scope
    "EX-MBX-01": (MAILBOX, PERMANENT),  # {mailbox}: no such mailbox
    "EX-MBX-02": (MAILBOX, PERMANENT),  # {mailbox}: an alias; {primary} is the address
    "EX-MBX-03": (MAILBOX, PERMANENT),  # {login}: cannot be resolved to a mailbox
    "EX-MBX-04": (MAILBOX, PERMANENT),  # {login}: several mailboxes match
    "EX-MBX-05": (MAILBOX, PERMANENT),  # {mailbox}: over quota
    "EX-MBX-06": (MAILBOX, PERMANENT),  # {mailbox}: belongs to {person} already
    "EX-MBX-07": (MAILBOX, PERSON),  # another mailbox or folder stands behind the login: held
    "EX-MBX-08": (MAILBOX, PERMANENT),  # {mailbox}: not in Office 365 (own server, no licence, guest)
    "EX-CAL-01": (MAILBOX, PERMANENT),  # {name}: the calendar folder is gone
    "EX-CAL-02": (MAILBOX, TRANSIENT),  # the change cursor was lost
    "EX-ITEM-01": (ITEM, PERMANENT),  # the item is gone
    "EX-ITEM-02": (ITEM, TRANSIENT),  # changed meanwhile
    "EX-ITEM-03": (ITEM, PERMANENT),  # the server refuses the item: {detail}
    "EX-ITEM-04": (ITEM, PERMANENT),  # access denied to the item
    "EX-ITEM-05": (ITEM, PERMANENT),  # shares its UID with others of the calendar
    "EX-ITEM-06": (ITEM, TRANSIENT),  # a create that has been taken in, and cannot be seen yet
    "EX-UNKNOWN-01": (MAILBOX, TRANSIENT),  # {detail}: an answer nobody foresaw
    "VF-HUNG-01": (MAILBOX, TRANSIENT),  # a thread gave no sign of life and was given up
    "VF-PAUSE-01": (CONNECTION, PERSON),  # somebody has stopped all synchronisation
    "VF-SILENT-01": (MAILBOX, TRANSIENT),  # {hours}: no success for so long, though nothing failed
    "VF-STOP-01": (MAILBOX, TRANSIENT),  # stopped on request between two writes
    # Inside
    "VF-INTERNAL-01": (MAILBOX, TRANSIENT),  # {detail}: a fault of vfadmin's own, told in {log}
}


def failure(code: str, *, retry_after: float | None = None, **params: str | float) -> Failure:
    """The failure of that code; its scope and kind come from the table.

    Raises KeyError for a code that is not in the closed set.
    """
    scope, kind = CODES[code]
    return Failure(code, scope, kind, params, retry_after)


def recoded(found: Failure, code: str) -> Failure:
    """The failure under another code, with what its text mentions."""
    scope, kind = CODES[code]
    return replace(found, code=code, scope=scope, kind=kind)
