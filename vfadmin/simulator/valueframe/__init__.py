"""A loopback ValueFrame REST interface, for the tests and whoever sets a field map up without a customer.

Written from ValueFrame's public help pages and from nothing of our client's: the signature of requests is
computed anew here, and rows are kept under the names they are given.
"""

from __future__ import annotations

from vfadmin.simulator.valueframe.config import ResourceSpec, RestFault, ValueFrameConfig
from vfadmin.simulator.valueframe.simulator import ValueFrameSimulator

__all__ = ["ResourceSpec", "RestFault", "ValueFrameConfig", "ValueFrameSimulator"]
