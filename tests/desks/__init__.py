"""Many administrators' windows at one database, outside the suite: `python -m tests.desks --help`."""
