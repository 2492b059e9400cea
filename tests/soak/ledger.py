"""What a soak has done so far: one small file, so that it goes on where it was stopped."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run: shards of ``shard_size`` examples, with seeds from ``first_seed`` on."""

    examples: int
    steps: int
    shard_size: int
    first_seed: int

    def shards(self) -> dict[int, int]:
        """Seed → number of examples."""
        whole, rest = divmod(self.examples, self.shard_size)
        sizes = [self.shard_size] * whole + ([rest] if rest else [])
        return {self.first_seed + place: size for place, size in enumerate(sizes)}


class Ledger:
    """The finished shards of one plan, in a file. Another plan's file is refused: its figures differ."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self._path = path
        self.plan = plan
        self.done: dict[int, float] = {}
        if path.exists():
            kept = json.loads(path.read_text("utf-8"))
            if kept["plan"] != asdict(plan):
                raise ValueError(f"{path} belongs to another soak: {kept['plan']}")
            self.done = {int(seed): seconds for seed, seconds in kept["done"].items()}

    def left(self) -> dict[int, int]:
        """The shards that are still to be run."""
        return {seed: size for seed, size in self.plan.shards().items() if seed not in self.done}

    def note(self, seed: int, seconds: float) -> None:
        """Write down that a shard passed."""
        self.done[seed] = round(seconds, 1)
        fresh = self._path.with_suffix(".new")
        kept = {"plan": asdict(self.plan), "done": {str(one): self.done[one] for one in sorted(self.done)}}
        fresh.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
        fresh.replace(self._path)

    def examples_done(self) -> int:
        """How many examples have passed."""
        shards = self.plan.shards()
        return sum(shards[seed] for seed in self.done)
