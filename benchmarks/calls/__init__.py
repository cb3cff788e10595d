"""Figures of calls, next to a bare echo on the same machine in the same run."""
