"""What the forms that pages send have in common."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

PLAIN: Final = r"^[^\x00]*$"
"""The database keeps every character but NUL."""
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=PLAIN)]
Phone = Annotated[str, Field(max_length=40, examples=["052-123-4567"])]
Version = Annotated[int, Field(description="The version that was edited; another one is refused with 409.")]


class Body(BaseModel):
    """What a page sends; fields it does not know are refused."""

    model_config = ConfigDict(extra="forbid")
