"""The outbox under seeded time: in which order workers, provider and clock take turns is drawn from a seed.

Workers run the program's own `deliver` on a real PostgreSQL, one step at a time: each stops before every transaction
and at every call to the provider, and the seed says who goes on, who dies there, and how much time passes. So a failure
is replayed by its seed alone, whatever the machine.
"""
