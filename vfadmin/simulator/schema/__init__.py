"""What a request may look like: elements and their order, attributes, and values of simple types.

A real server holds each request against its schema before it looks at what is asked. The rules here are those
of the operations that the simulator serves; what it refuses in any case is not described further (`any`).
"""

from __future__ import annotations

from vfadmin.simulator.schema.checking import Violation, violation

__all__ = ["Violation", "violation"]
