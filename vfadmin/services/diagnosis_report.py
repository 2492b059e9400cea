"""The diagnosis as a page a human reads: one file that needs nothing from anywhere else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from html import escape
from typing import Any

from vfadmin import assets

Facts = Mapping[str, Any]

_STYLE = """
:root { color-scheme: light dark; font-family: "Segoe UI", system-ui, sans-serif; line-height: 1.5; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; }
tr { border-bottom: 1px solid #8886; }
.error { border-left: .25rem solid #c33; padding-left: .8rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
"""


def as_html(told: Facts, log: Sequence[str], lang: str) -> str:
    """The page. ``told`` is the diagnosis as JSON, already clean of secrets and event texts."""
    page = _Page(lang)
    about = told["about"]
    blocks = [
        f"<h1>{page.say('title')}</h1>",
        f"<p>{page.say('about', person=about['person'], at=page.time(about['at']))}<br>",
        f"{page.say('privacy')}</p>",
        page.section("now", page.state(told["state"])),
        page.section("checks", page.asked(about), page.checks(told["checks"])),
        page.section("plan", page.plan(told["plan"])),
        page.section("runs", page.runs(told["runs"])),
        page.section("connections", *(page.pairs(one) for one in told["connections"])),
        page.section("settings", page.pairs(told["settings"])),
        page.section("versions", page.pairs(told["versions"] | told["versions"]["libraries"])),
        page.section("log", f"<pre>{escape(chr(10).join(log))}</pre>" if log else ""),
    ]
    title = page.say("title")
    head = f"<meta charset='utf-8'><title>{title}</title><style>{_STYLE}</style>"
    return f"<!doctype html>\n<html lang='{lang}'><head>{head}</head><body>{''.join(blocks)}</body></html>\n"


@cache
def _texts(lang: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(assets.read_text(f"messages/diagnosis.{lang}.json"))
    return found


@cache
def _words(lang: str) -> Mapping[str, Any]:
    """What both faces call our own values."""
    found: Mapping[str, Any] = json.loads(assets.read_text(f"messages/cli.{lang}.json"))
    return found


class _Page:
    """The parts of the page in one language. Everything that goes in is escaped."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def say(self, key: str, **params: object) -> str:
        return escape(_texts(self._lang)[key].format(**params))

    def word(self, group: str, value: str) -> str:
        words = _words(self._lang)
        return escape(str(words.get(group, {}).get(value) or words.get(f"{group}.{value}") or value))

    def words(self, group: str, values: Iterable[str]) -> str:
        return ", ".join(self.word(group, value) for value in values)

    def time(self, text: str | None) -> str:
        if text is None:
            return ""
        local = datetime.fromisoformat(text).astimezone()
        if self._lang == "fi":
            return f"{local.day}.{local.month}.{local.year} {local:%H.%M.%S %Z}"
        return f"{local:%Y-%m-%d %H:%M:%S %Z}"

    def section(self, key: str, *parts: str) -> str:
        body = "".join(parts) or f"<p>{self.say('none')}</p>"
        return f"<section><h2>{self.say(key)}</h2>{body}</section>"

    def error(self, one: Facts | None) -> str:
        if one is None:
            return ""
        since = f" ({self.time(one['since'])})" if one["since"] else ""
        reason = escape(f"{one['code']}: {one['message']}") + since
        return f"<p class='error'><strong>{reason}</strong><br>{self.say('remedy', remedy=one['remedy'])}</p>"

    def state(self, one: Facts) -> str:
        pairs = ", ".join(f"{status}: {count}" for status, count in one["pairs"].items())
        rows = [
            (self.say("login"), escape(one["login"])),
            (self.say("state"), self.word("state", one["state"])),
            (self.say("delayed"), self.say("yes" if one["delayed"] else "no")),
            (self.say("last_synced"), self.time(one["last_synced"]) or self.say("never")),
            (self.say("waiting"), str(one["waiting"])),
            (self.say("pairs"), escape(pairs) or "0"),
        ]
        troubled = "".join(self.error(each["error"]) for each in one["troubled_events"])
        head = f"<h3>{self.say('troubled')}</h3>" if troubled else ""
        return self.error(one["error"]) + self.table((), rows) + head + troubled

    def asked(self, about: Facts) -> str:
        why = about["not_asked"]
        return "" if why is None else f"<p>{self.say(f'not_asked.{why}')}</p>"

    def checks(self, steps: Sequence[Facts]) -> str:
        rows = [
            (
                self.word("check", one["check"]),
                self.say("ok" if one["ok"] else "failed"),
                escape(one["detail"]) + self.error(one["error"]),
            )
            for one in steps
        ]
        return self.table(("check", "result", "detail"), rows)

    def plan(self, one: Facts | None) -> str:
        if one is None:
            return ""
        rows = [
            (
                self.time(each["start"]) + (f" ({self.say('private')})" if each["private"] else ""),
                self.word("difference", each["group"]),
                self.words("field", each["fields"]),
                self.resolution(each),
            )
            for each in one["differences"]
        ]
        equal = f"<p>{self.say('equal', equal=one['counts']['equal'])}</p>"
        table = self.table(("start", "difference", "fields", "resolution"), rows)
        return self.error(one["error"]) + equal + table

    def resolution(self, one: Facts) -> str:
        told = [self.word("resolution", one["resolution"])]
        told += [self.time(one["until"])] if one["until"] else []
        told += [self.word("reason", one["note"])] if one["note"] else []
        for write in one["writes"]:
            reason = self.word("reason", write["reason"])
            side, operation = self.word("side", write["side"]), self.word("operation", write["operation"])
            fields = self.words("field", write["fields"])
            told.append(f"{side}: {operation} {fields} ({reason})".replace("  ", " "))
        return "<br>".join(told) + self.error(one["error"])

    def runs(self, runs: Sequence[Facts]) -> str:
        rows = [
            (
                self.time(one["started"]),
                str(one["pulled"]),
                str(one["pushed"]),
                str(one["deleted"]),
                self.error(one["error"]),
            )
            for one in runs
        ]
        return self.table(("started", "pulled", "pushed", "deleted", "error"), rows)

    def pairs(self, facts: Facts) -> str:
        shown = {name: value for name, value in facts.items() if not isinstance(value, dict | list)}
        return self.table((), [(escape(name), escape(_plain(value))) for name, value in shown.items()])

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        if not rows:
            return ""
        head = "".join(f"<th scope='col'>{self.say(one)}</th>" for one in headings)
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        return f"<table>{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"


def _plain(value: object) -> str:
    return "" if value is None else str(value)
