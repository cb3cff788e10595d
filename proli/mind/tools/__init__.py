"""What the agent can do. Tools take what was said and return what is true; identity comes from the dependencies."""
