"""A voice that needs no network: points, sounds, and a program of its own that speaks them."""
