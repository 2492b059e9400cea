"""How fast the exchange with Exchange is, beside the alternatives; see `python -m benchmarks.speed`."""
