"""The long run of the state machine, outside the suite: `python -m tests.soak --help`."""
