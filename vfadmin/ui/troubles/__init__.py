"""What is stuck: the causes, whom each concerns, and putting them back to work (R24)."""
