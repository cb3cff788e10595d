"""A telephone at the other end of a call, for trying calls out: it shares no code with what answers."""
