"""The agent on the line: ears, the end of a turn, the mind, and a voice."""
