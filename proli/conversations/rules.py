"""How providers address a chat."""


def chat_id_of(provider: str, phone_e164: str) -> str:
    """Where a provider delivers what is meant for a phone."""
    if provider == "green_api":
        return f"{phone_e164.removeprefix('+')}@c.us"
    return phone_e164
