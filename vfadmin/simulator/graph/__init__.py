"""The Microsoft Graph half: the same mailboxes behind REST, with the sign-in that goes before it.

Written from Microsoft's published pages (Microsoft Graph v1.0 reference, Microsoft identity platform), and
where they are silent, as harsh as they allow. `GraphService` is a function of HTTP; sockets are elsewhere.
"""

from __future__ import annotations

from vfadmin.simulator.graph.service import GraphService

__all__ = ["GraphService"]
