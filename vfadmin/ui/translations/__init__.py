"""The languages of the window.

An installed program carries the texts compiled (see `release`). A checkout reads the `.ts` files as they
are: it needs no compiler to speak Finnish, and has no second file that could be out of date.
``python -m vfadmin.ui.translations check`` compares them with the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from vfadmin import assets

if TYPE_CHECKING:  # only a checkout reads XML, see above
    from xml.etree import ElementTree as ET

LANGUAGES: Final = ("fi", "en")
Messages = Mapping[tuple[str, str], tuple[str, ...]]


class TsTranslator(QTranslator):
    """Answers from a `.ts` file. Its plural rule is that of Finnish, English and Swedish: one, or else."""

    def __init__(self, document: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contexts = contexts(document)
        self._read: dict[str, Messages] = {}

    def isEmpty(self) -> bool:
        """Whether there is nothing to answer from."""
        return not self._contexts

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The text in this language, or None when it is not known here."""
        del disambiguation
        messages = self._read.get(context)
        if messages is None:  # the first window has little to say, and need not wait for the rest
            messages = self._read[context] = parse(self._contexts.get(context, "<context/>"))
        forms = messages.get((context, source))
        if forms is None:
            return None
        return forms[0] if n in (1, -1) or len(forms) == 1 else forms[1]


def read(language: str) -> str:
    """The `.ts` document of a language."""
    return assets.read_text(f"translations/vfadmin_{language}.ts")


def contexts(document: str) -> dict[str, str]:
    """The elements of a `.ts` document, as it is written by lupdate, by the name of their context."""
    parts = (part.partition("</context>")[0] for part in document.split("<context>")[1:])
    return {_between(part, "<name>", "</name>"): f"<context>{part}</context>" for part in parts}


def parse(text: str) -> Messages:
    """The finished messages of a `.ts` document, or of a context of it, each with its one or two forms."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - see above

    root = ET.fromstring(text)  # noqa: S314 - our own file, shipped with the program
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for context in root.iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            forms = _forms(message)
            if forms:
                found[name, message.findtext("source") or ""] = forms
    return found


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


def choose(wanted: str | None) -> str:
    """The language to speak: the one asked for, or Finnish where the system is Finnish, else English."""
    if wanted in LANGUAGES:
        return str(wanted)
    return "fi" if QLocale.system().language() is QLocale.Language.Finnish else "en"


def current() -> str:
    """The language the window speaks now."""
    return "fi" if QLocale().language() is QLocale.Language.Finnish else "en"


class Speaker(QObject):
    """Installs the translators of one language and takes those of the former away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._installed: list[QTranslator] = []

    def speak(self, wanted: str | None) -> str:
        """Switch to the language; every widget is told by a LanguageChange event. The language chosen."""
        language = choose(wanted)
        self.be_silent()
        QLocale.setDefault(_locale(language))
        qt = QTranslator(self)
        self._installed = [self._own(language)]
        if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._installed.insert(0, qt)
        for translator in self._installed:
            QCoreApplication.installTranslator(translator)
        return language

    def _own(self, language: str) -> QTranslator:
        compiled = QTranslator(self)
        if compiled.load(f"vfadmin_{language}", str(assets.path("translations"))):
            return compiled
        return TsTranslator(read(language), self)

    def be_silent(self) -> None:
        """Take the translators away: source texts are shown, in the system's locale."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []
        QLocale.setDefault(QLocale.system())


def _locale(language: str) -> QLocale:
    if language == "fi":
        return QLocale(QLocale.Language.Finnish, QLocale.Country.Finland)
    system = QLocale.system()
    if system.language() is QLocale.Language.English:
        return system
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def _forms(message: ET.Element) -> tuple[str, ...]:
    translation = message.find("translation")
    if translation is None or translation.get("type") in {"unfinished", "obsolete", "vanished"}:
        return ()
    if message.get("numerus") == "yes":
        forms = tuple(form.text or "" for form in translation.iter("numerusform"))
    else:
        forms = (translation.text or "",)
    return forms if all(forms) else ()
