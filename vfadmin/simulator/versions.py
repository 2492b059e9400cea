"""Server generations: build numbers, and what a request's schema version may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from vfadmin.simulator.config import ServerGeneration


class SchemaVersion(IntEnum):
    """Schema generations in order; an element introduced later does not exist for an earlier request."""

    EXCHANGE_2007 = 0
    EXCHANGE_2007_SP1 = 1
    EXCHANGE_2010 = 2
    EXCHANGE_2010_SP1 = 3
    EXCHANGE_2010_SP2 = 4
    EXCHANGE_2013 = 5
    EXCHANGE_2013_SP1 = 6
    EXCHANGE_2016 = 7
    V2017 = 8
    V2018 = 9


# MS-OXWSCDATA, ExchangeVersionType, with the later labels that clients send to newer servers.
LABELS = {
    "Exchange2007": SchemaVersion.EXCHANGE_2007,
    "Exchange2007_SP1": SchemaVersion.EXCHANGE_2007_SP1,
    "Exchange2009": SchemaVersion.EXCHANGE_2010,
    "Exchange2010": SchemaVersion.EXCHANGE_2010,
    "Exchange2010_SP1": SchemaVersion.EXCHANGE_2010_SP1,
    "Exchange2010_SP2": SchemaVersion.EXCHANGE_2010_SP2,
    "Exchange2012": SchemaVersion.EXCHANGE_2013,
    "Exchange2013": SchemaVersion.EXCHANGE_2013,
    "Exchange2013_SP1": SchemaVersion.EXCHANGE_2013_SP1,
    "Exchange2015": SchemaVersion.EXCHANGE_2016,
    "Exchange2016": SchemaVersion.EXCHANGE_2016,
    "V2015_10_05": SchemaVersion.EXCHANGE_2016,
    "V2016_01_06": SchemaVersion.EXCHANGE_2016,
    "V2016_04_13": SchemaVersion.EXCHANGE_2016,
    "V2016_07_13": SchemaVersion.EXCHANGE_2016,
    "V2016_10_10": SchemaVersion.EXCHANGE_2016,
    "V2017_01_07": SchemaVersion.V2017,
    "V2017_04_14": SchemaVersion.V2017,
    "V2017_07_11": SchemaVersion.V2017,
    "V2018_01_08": SchemaVersion.V2018,
}


@dataclass(frozen=True, slots=True)
class ServerVersion:
    """What one generation says of itself in `ServerVersionInfo`, and the newest schema it speaks."""

    major: int
    minor: int
    build: int
    revision: int
    label: str
    newest: SchemaVersion


SERVERS: dict[ServerGeneration, ServerVersion] = {
    "2010": ServerVersion(14, 3, 513, 0, "Exchange2010_SP2", SchemaVersion.EXCHANGE_2010_SP2),
    "2013": ServerVersion(15, 0, 1497, 2, "V2_23", SchemaVersion.EXCHANGE_2013_SP1),
    "2016": ServerVersion(15, 1, 2507, 6, "V2017_07_11", SchemaVersion.V2017),
    "2019": ServerVersion(15, 2, 1544, 4, "V2017_07_11", SchemaVersion.V2017),
    "online": ServerVersion(15, 20, 7849, 17, "V2018_01_08", SchemaVersion.V2018),
}


def request_version(label: str | None, server: ServerVersion) -> SchemaVersion | None:
    """The schema a request speaks; None where this server does not know it.

    A request that names none targets the first release of Exchange 2010, says its reference of the element;
    later references call the version required.
    """
    if label is None:
        return SchemaVersion.EXCHANGE_2010
    version = LABELS.get(label)
    return version if version is not None and version <= server.newest else None
