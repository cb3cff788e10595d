"""How things that are written are said aloud, and how things said aloud are written."""
