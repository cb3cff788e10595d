"""The refusals of this folder: words that name nothing we know."""


class UnknownPlace(ValueError):
    """No locality has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown place: {name!r}")
        self.name = name


class BadPhone(ValueError):
    """The text is not a phone number that can be written in E.164."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not a phone number: {text!r}")
        self.text = text


class UnknownHoliday(ValueError):
    """No holiday has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown holiday: {name!r}")
        self.name = name
