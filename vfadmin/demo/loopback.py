"""``simulator serve``: a loopback Exchange for other programs."""

from __future__ import annotations

import errno
from contextlib import nullcontext
from pathlib import Path
from typing import Literal, TextIO, cast

from vfadmin.cli.texts import say
from vfadmin.cli.wiring import SimulatorRequest
from vfadmin.demo.trial import running_trial
from vfadmin.errors import UsageError, failure
from vfadmin.simulator import FaultRule, MailboxSpec, RuleError, SimulatorConfig
from vfadmin.simulator.serve import load_faults, load_mailboxes, numbered_mailboxes, serve

_MOST = 5000
_NOT_OURS = frozenset({errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL})
"""Why a port cannot be had: it is taken, reserved, or of another machine."""


def serve_request(request: SimulatorRequest, out: TextIO) -> int:
    """Serve until interrupted. Raises UsageError for a file that cannot be used or a port that is taken."""
    config, faults = _config(request), _faults(request)
    try:
        with running_trial(config.mailboxes) if request.valueframe else nullcontext() as told:
            return serve(config, out, faults=faults, valueframe=told)
    except ValueError as error:
        raise _bad(request, "simulator.bad_state", path=request.state) from error
    except OSError as error:
        if request.state is not None and error.filename is not None:
            raise _bad(request, "simulator.bad_state", path=request.state) from error
        if error.errno in _NOT_OURS:
            raise _bad(request, "simulator.cannot_listen", port=request.port) from error
        raise


def _config(request: SimulatorRequest) -> SimulatorConfig:
    mailboxes = _mailboxes(request)
    try:
        return SimulatorConfig(
            mailboxes=mailboxes,
            version=cast("Literal['2010', '2013', '2016', '2019', 'online']", request.version),
            auth=cast("tuple[Literal['basic', 'ntlm'], ...]", request.auth),
            tls=request.tls,
            tls_profile=cast("Literal['modern', '2010']", request.tls_profile),
            extended_protection=cast("Literal['off', 'allow', 'require']", request.extended_protection),
            port=request.port,
            state_dir=request.state,
            protocol=cast("Literal['ews', 'graph', 'both']", request.protocol),
        )
    except ValueError as error:  # two mailboxes with one address
        raise _bad(request, "simulator.bad_mailboxes", path=request.mailboxes) from error


def _mailboxes(request: SimulatorRequest) -> tuple[MailboxSpec, ...]:
    if request.mailboxes.isascii() and request.mailboxes.isdigit():
        count = int(request.mailboxes)
        if count > _MOST:
            raise _bad(request, "usage.value", name="--mailboxes", expected=f"0-{_MOST}")
        return numbered_mailboxes(count)
    try:
        return load_mailboxes(Path(request.mailboxes))
    except (ValueError, TypeError) as error:
        raise _bad(request, "simulator.bad_mailboxes", path=request.mailboxes) from error


def _faults(request: SimulatorRequest) -> tuple[FaultRule, ...]:
    if request.faults is None:
        return ()
    try:
        return load_faults(request.faults)
    except RuleError as error:
        raise _bad(request, "simulator.bad_fault_key", path=request.faults, field=error.key) from error
    except (ValueError, TypeError) as error:
        raise _bad(request, "simulator.bad_faults", path=request.faults) from error


def _bad(request: SimulatorRequest, key: str, **params: object) -> UsageError:
    return UsageError(failure("VF-USAGE-01", detail=say(key, request.lang, **params)))
