"""Tells once of what stops while nobody looks at the window, and leads to where it is put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtWidgets import QWidget

from vfadmin.ui.long_jobs import out_of_sight
from vfadmin.ui.texts import explain_failure

if TYPE_CHECKING:  # the search view is not to wait for the services
    from vfadmin.services.health import Concerns, Health
    from vfadmin.ui.toast import Toast

KEPT = "toasts/troubles"
"""Where the window remembers whether it is to tell; it does unless somebody said no."""


class NewTroubles(QObject):
    """Compares how the whole stands with how it stood when somebody last looked at the window.

    ``show`` brings the screen of what is stuck.
    """

    def __init__(
        self,
        window: QWidget,
        toast: Callable[[], Toast],
        show: Callable[[], object],
        settings: QSettings,
    ) -> None:
        super().__init__(window)
        self._window, self._toast, self._show, self._settings = window, toast, show, settings
        self._known: Concerns | None = None

    @Slot(object)
    def see(self, health: Health) -> None:
        """Tell what is new, where nobody sees it himself. What was told is not told again until he looks."""
        from vfadmin.services.health import news  # noqa: PLC0415 - loaded by now: the value came from there

        now = health.concerns()
        if self._known is None or not out_of_sight(self._window):
            self._known = now
            return
        fresh = news(self._known, now)
        self._known = {**self._known, **{key: now[key] for key in fresh}}
        if fresh and self._settings.value(KEPT, defaultValue=True, type=bool):
            self._toast().tell("warn", self._said(health, fresh), self._show)

    def _said(self, health: Health, fresh: tuple[str, ...]) -> str:
        from vfadmin.services.rows import ErrorInfo  # noqa: PLC0415 - likewise

        causes = [one for one in health.stopped if f"stopped:{one.code}" in fresh]
        said: list[str] = []
        if causes:
            count = sum(one.stopped for one in causes)
            said.append(self.tr("Synchronisation stopped for %n mailbox(es).", "", count))
        if len(causes) == 1:
            said.append(explain_failure(ErrorInfo(causes[0].code, {}, causes[0].since)).message)
        if "silent" in fresh:
            said.append(self.tr("%n mailbox(es) have not been synchronised for long.", "", health.silent))
        shut = [one.blocked for one in health.blocked if one.blocked is not None]
        if any(key.startswith("blocked:") for key in fresh):
            said += [explain_failure(one).message for one in shut[:1]]
        said.append(self.tr("Open Problems to see what to do."))
        return " ".join(said)
