"""Who synchronises: the processes at work, what waits for them, and the button that stops them all."""
