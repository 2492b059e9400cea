"""The story, step by step: loaded, activated, synchronised, edited on both sides, stopped, resumed, equal."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from vfadmin.cli.texts import say
from vfadmin.demo import company, edits
from vfadmin.demo.cast import Actor, Cast
from vfadmin.demo.compare import Comparison, compare
from vfadmin.errors.texts import explain
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.synchronise import MailboxResult, Synchronise
from vfadmin.settings import Language
from vfadmin.simulator import Simulator

GRAPH = "graph"
_DENIED = {"ews": "EX-IMP-01", GRAPH: "EX-GRAPH-01"}
"""What a mailbox is answered with that the program may not reach."""
_WRITING = (
    *("CreateItem", "UpdateItem", "DeleteItem", "MoveItem", "CreateFolder", "DeleteFolder"),
    *("GraphCreateEvent", "GraphUpdateEvent", "GraphDeleteEvent"),
    *("GraphCreateCalendar", "GraphUpdateCalendar", "GraphDeleteCalendar"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything on the stage. ``tell`` is given finished sentences."""

    services: Services
    synchronise: Synchronise
    store: Store
    simulator: Simulator
    cast: Cast
    home: Path
    lang: Language
    clock: Callable[[], datetime]
    tell: Callable[[str], None]
    protocol: str = "ews"

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Those who are synchronised."""
        return company.activated(self.cast)

    def say(self, key: str, **params: object) -> None:
        """Tell the sentence of that key."""
        self.tell(say(f"demo.{key}", self.lang, **params))


def prepare(scene: Scene) -> None:
    """Up to the moment before the first sync: people, logins, activations and two full sets of calendars."""
    simulator, services, cast = scene.simulator, scene.services, scene.cast
    url = _connect(scene)
    scene.say(_word("server", scene), url=url, mailboxes=len(simulator.mailboxes))
    company.fill_directory(services, cast)
    scene.say(
        "directory", persons=len(cast.persons), resources=len(cast.resources), companies=len(cast.companies)
    )
    loaded = company.load_logins(services, cast, scene.home / "tunnukset.xlsx")
    scene.say("logins", rows=loaded.rows, updated=loaded.updated, rejected=len(loaded.rejected))
    results = services.activation.activate([actor.id for actor in scene.actors])
    scene.say("activated", count=sum(result.ok for result in results))
    now = scene.clock()
    valueframe = company.fill_valueframe(services, cast, now)
    scene.say("events", valueframe=valueframe, exchange=company.fill_outlook(simulator, cast, now))


def _connect(scene: Scene) -> str:
    """Set the connection; answers its address."""
    simulator, connections = scene.simulator, scene.services.connections
    if scene.protocol == GRAPH:
        row = connections.set(
            protocol=GRAPH,
            url=simulator.graph_url,
            authority=simulator.authority,
            tenant=simulator.config.graph.tenant,
            client_id=simulator.config.graph.client_id,
            ca_file=str(simulator.ca_file),
            secret=simulator.client_secret,
        )
    else:
        row = connections.set(
            protocol="ews",
            url=simulator.ews_url,
            account=simulator.account,
            auth="ntlm",
            ca_file=str(simulator.ca_file),
            secret=simulator.password,
        )
    return row.url or ""


def play(scene: Scene) -> dict[str, Any]:
    """The whole story; answers the summary of the command line's contract.

    A sync that fails for nobody's reason ends it early, unequal, with what was wrong.
    """
    began = time.monotonic()
    prepare(scene)
    runs = [_sync(scene, "first_sync")]
    compared, writes = Comparison(0, 0), 0
    if _all_well(runs):
        _people_work(scene)
        runs += [_sync(scene, "second_sync"), _fall_and_rise(scene)]
        compared = _compare(scene)
        writes, last = _sync_again(scene)
        runs.append(last)
    seconds = round(time.monotonic() - began, 1)
    mails = len(scene.simulator.outbox)
    scene.say("quiet", writes=writes, mails=mails, seconds=seconds)
    return {
        "equal": compared.equal and _all_well(runs),
        "mails_sent": mails,
        "writes_in_last_sync": writes,
        "persons": len(scene.cast.persons),
        "events": compared.events,
        "conflicts": sum(result.conflicts for run in runs for result in run),
        "duration_s": seconds,
    }


def _sync(scene: Scene, key: str) -> list[MailboxResult]:
    results = scene.synchronise.run()
    scene.say(key, **_sums(results))
    for result in results:
        if result.failure is not None:
            broken = result.failure
            text = explain(broken.code, broken.params, scene.lang)
            scene.say("failed", person=result.person_id, code=broken.code, message=text.message)
    return results


def _people_work(scene: Scene) -> None:
    now, outlook, valueframe = scene.clock(), 0, 0
    for actor in scene.actors:
        outlook += edits.outlook_changes(scene.simulator, scene.cast, actor, now)
        valueframe += edits.valueframe_changes(scene.services, scene.cast, actor, now)
    for actor in scene.actors[: edits.CONFLICTS]:
        edits.rename_on_both_sides(scene.simulator, scene.services, actor)
    edits.edit_what_the_other_deletes(scene.simulator, scene.services, scene.actors[-1])
    both = edits.CONFLICTS + 1
    scene.say("edited", exchange=outlook + both, valueframe=valueframe + both)


def _fall_and_rise(scene: Scene) -> list[MailboxResult]:
    """One mailbox falls out of what may be reached, stops with its error, is put right and resumed."""
    actor = scene.actors[len(scene.actors) // 2]
    scene.simulator.deny_impersonation(actor.email)
    edits.add_one(scene.simulator, scene.cast, actor, scene.clock(), company.EVENTS_EACH * 3)
    (stopped,) = scene.synchronise.run([actor.id])
    broken = stopped.failure
    row = scene.services.directory.person(actor.id)
    if broken is not None:
        message = explain(broken.code, broken.params, scene.lang).message
        scene.say(_word("denied", scene), name=actor.name, code=broken.code, message=message)
    scene.simulator.allow_impersonation(actor.email)
    resumed = scene.services.activation.resume([actor.id])
    results = scene.synchronise.run([actor.id])
    stopped_rightly = row.error is not None and row.error.code == _DENIED[scene.protocol]
    if stopped_rightly and all(one.ok for one in resumed) and _all_well([results]):
        scene.say("resumed", name=actor.name)
        return results
    return [*results, stopped]


def _sync_again(scene: Scene) -> tuple[int, list[MailboxResult]]:
    """How often a further sync wrote, by what it says of itself and by what the server was asked to do."""
    scene.simulator.clear_requests()
    results = scene.synchronise.run()
    asked = scene.simulator.request_counts()
    told = sum(result.pulled + result.pushed + result.deleted for result in results)
    return max(told, sum(asked[name] for name in _WRITING)), results


def _compare(scene: Scene) -> Comparison:
    people = [(actor.id, actor.email) for actor in scene.actors]
    found = compare(scene.store, scene.protocol, scene.services.secrets.read, people, scene.clock)
    if found.equal:
        scene.say("equal", events=found.events, mailboxes=len(people))
    else:
        scene.say("different", count=found.differing)
    return found


def _word(key: str, scene: Scene) -> str:
    return f"{key}_graph" if scene.protocol == GRAPH else key


def _sums(results: Sequence[MailboxResult]) -> dict[str, int]:
    return {
        name: sum(getattr(result, name) for result in results)
        for name in ("pulled", "pushed", "deleted", "conflicts")
    }


def _all_well(runs: Sequence[Sequence[MailboxResult]]) -> bool:
    return all(result.ok for run in runs for result in run)
