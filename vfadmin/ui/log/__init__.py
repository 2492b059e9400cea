"""What support alone sets: the switch of the module, and the way to Exchange."""
