"""Figures next to baselines of the same run, in the same process layout, on the same machine."""
