"""Google's ears and voice, by its own client. What it needs is loaded with the first call."""
