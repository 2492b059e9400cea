"""The operations of the service, by the name of their request element.

GetStreamingEvents is not among them: its answer has no end yet when it begins (see `streaming`).
"""

from __future__ import annotations

from collections.abc import Callable

from vfadmin.simulator.call import Call
from vfadmin.simulator.operations import (
    convert,
    folders,
    names,
    notifications,
    reading,
    relocation,
    sync,
    timezones,
    writing,
)

Operation = Callable[[Call], list[str]]

OPERATIONS: dict[str, Operation] = {
    "GetFolder": folders.get_folder,
    "FindFolder": folders.find_folder,
    "CreateFolder": folders.create_folder,
    "DeleteFolder": folders.delete_folder,
    "SyncFolderHierarchy": sync.sync_folder_hierarchy,
    "SyncFolderItems": sync.sync_folder_items,
    "FindItem": reading.find_item,
    "GetItem": reading.get_item,
    "CreateItem": writing.create_item,
    "UpdateItem": writing.update_item,
    "DeleteItem": relocation.delete_item,
    "MoveItem": relocation.move_item,
    "CopyItem": relocation.copy_item,
    "ResolveNames": names.resolve_names,
    "ConvertId": convert.convert_id,
    "Subscribe": notifications.subscribe,
    "GetEvents": notifications.get_events,
    "Unsubscribe": notifications.unsubscribe,
    "GetServerTimeZones": timezones.get_server_time_zones,
}

STREAMED = "GetStreamingEvents"
