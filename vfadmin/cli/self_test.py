"""``--self-test``: whether this installation is whole, for whoever has just installed it and for support."""

from __future__ import annotations

from vfadmin.cli.call import Call
from vfadmin.errors.texts import explain

_WORDS = {"ok": "word.ok", "failed": "word.failed", "absent": "self_test.absent"}


def self_test(call: Call, *, as_json: bool) -> int:
    """One line for each check as soon as it is done, then what it comes to; 1 if a part is broken."""
    call.out.as_json = as_json
    checks, failed = [], 0
    for done in call.wiring.self_test(call.lang):
        failed += done.verdict == "failed"
        text = None if done.failure is None else explain(done.failure.code, done.failure.params, call.lang)
        checks.append(
            {"check": done.name, "verdict": str(done.verdict), "detail": done.detail, "seconds": done.seconds}
        )
        word = call.text(_WORDS[done.verdict])
        call.out.say(
            "self_test.line", check=done.name, verdict=word, detail=done.detail, seconds=done.seconds
        )
        if text is not None:
            call.out.line(f"  {text.message} {text.remedy}")
    if as_json:
        call.out.document({"ok": not failed, "checks": checks})
    elif failed:
        call.out.say("self_test.broken", failed=failed, log=call.settings.home / "logs" / "vfadmin.log")
    else:
        call.out.say("self_test.whole")
    return 1 if failed else 0
