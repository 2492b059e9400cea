"""All services of one store, put together for a face."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vfadmin.models.store import Store
from vfadmin.services.activation import Activation
from vfadmin.services.alert_settings import AlertPost
from vfadmin.services.audit import Actor
from vfadmin.services.bulk_import import BulkImport
from vfadmin.services.changes import Changes
from vfadmin.services.comparison import Comparisons
from vfadmin.services.connections import Connections
from vfadmin.services.credentials import Secrets, SecretVault
from vfadmin.services.diagnosis import Diagnoses
from vfadmin.services.directory import Clock, Directory
from vfadmin.services.door_choice import DoorChoice
from vfadmin.services.erasure import Erasure
from vfadmin.services.events import Events
from vfadmin.services.export import Export
from vfadmin.services.forget_secrets import ForgetSecrets
from vfadmin.services.forget_texts import ForgetTexts
from vfadmin.services.health import HealthChecks
from vfadmin.services.held import Held
from vfadmin.services.history import History
from vfadmin.services.mailbox_checks import MailboxChecks
from vfadmin.services.rehearsal import Rehearsal
from vfadmin.services.run_undo import RunUndo
from vfadmin.services.search import Search
from vfadmin.services.settings import Settings
from vfadmin.services.status import Status
from vfadmin.services.transfers import Transfers
from vfadmin.services.troubles import Troubles
from vfadmin.services.updates.notice import Updates
from vfadmin.services.valueframe import ValueFrame
from vfadmin.services.watchman import Alerts
from vfadmin.services.workers import Workers

__all__ = ["Actor", "Services", "build_services"]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything an admin can do, one attribute a capability. Safe to use from any thread."""

    home: Path
    actor: Actor
    changes: Changes
    directory: Directory
    search: Search
    activation: Activation
    settings: Settings
    secrets: SecretVault
    connections: Connections
    door_choice: DoorChoice
    events: Events
    history: History
    forget_texts: ForgetTexts
    forget_secrets: ForgetSecrets
    erasure: Erasure
    run_undo: RunUndo
    status: Status
    troubles: Troubles
    held: Held
    health: HealthChecks
    alert_settings: AlertPost
    alerts: Alerts
    bulk_import: BulkImport
    mailbox_checks: MailboxChecks
    rehearsal: Rehearsal
    comparisons: Comparisons
    diagnoses: Diagnoses
    transfers: Transfers
    export: Export
    valueframe: ValueFrame
    workers: Workers
    updates: Updates


def build_services(
    store: Store, home: Path, *, clock: Clock, actor: Actor, secrets: SecretVault | None = None
) -> Services:
    """The services over that store; without ``secrets`` the operating system's keyring keeps them."""
    vault: SecretVault = Secrets() if secrets is None else secrets
    settings = Settings(store, clock=clock, actor=actor)
    connections = Connections(store, vault, clock=clock, actor=actor)
    directory = Directory(store, clock=clock, actor=actor)
    activation = Activation(store, clock=clock, actor=actor)
    status = Status(store, settings, connections, clock=clock)
    troubles = Troubles(store, settings, clock=clock)
    history = History(store)
    run_undo = RunUndo(store, settings, vault, clock=clock, actor=actor)
    health = HealthChecks(store, status, troubles, clock=clock)
    return Services(
        home=home,
        actor=actor,
        changes=Changes(store),
        directory=directory,
        search=Search(store),
        activation=activation,
        settings=settings,
        secrets=vault,
        connections=connections,
        door_choice=DoorChoice(store, clock=clock, actor=actor),
        events=Events(store, clock=clock, actor=actor),
        history=history,
        held=Held(store, settings, activation, run_undo.restore, clock=clock, actor=actor),
        status=status,
        troubles=troubles,
        health=health,
        alert_settings=AlertPost(store, vault, clock=clock, actor=actor),
        alerts=Alerts(store, vault, health, clock=clock),
        forget_texts=ForgetTexts(store, clock=clock, actor=actor),
        forget_secrets=ForgetSecrets(store, vault, clock=clock, actor=actor),
        erasure=Erasure(store, home, clock=clock, actor=actor),
        run_undo=run_undo,
        bulk_import=BulkImport(store, clock=clock, actor=actor),
        mailbox_checks=MailboxChecks(store, vault, settings),
        rehearsal=Rehearsal(store, settings, vault, clock=clock),
        comparisons=Comparisons(store, settings, vault, clock=clock),
        diagnoses=Diagnoses(store, home, settings, vault, connections, clock=clock),
        transfers=Transfers(store, settings, vault, clock=clock, actor=actor),
        export=Export(store, history),
        valueframe=ValueFrame(store, vault, directory, clock=clock, actor=actor),
        workers=Workers(store, clock=clock),
        updates=Updates(settings, home, clock=clock),
    )
