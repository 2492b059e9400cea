"""The ValueFrame side over ValueFrame's REST interface, by a customer's field map."""

from __future__ import annotations

from vfadmin.calendars.rest.calendar import RestCalendar
from vfadmin.calendars.rest.field_map import FieldMap, load, parse
from vfadmin.calendars.rest.server import RestServer

__all__ = ["FieldMap", "RestCalendar", "RestServer", "load", "parse"]
