"""Recordings of calls: both sides of a line by their time, written as Opus piece by piece, and kept for a few days."""
