"""When a series recurs: the rule as a value, its days, and its text (RFC 5545, section 3.3.10).

What a `Rule` can say is what Exchange can say too. Everything else is `Unsupported` and left alone.
"""
