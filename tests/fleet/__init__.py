"""Several worker processes on one PostgreSQL and one Exchange, and what befalls them.

Quick stories are part of the suite; `python -m tests.fleet --help` tells the long ones.
"""
