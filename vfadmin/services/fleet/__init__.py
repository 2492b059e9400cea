"""A worker among others on a shared store: the queue, what listens, what synchronises."""
