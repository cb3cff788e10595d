"""What several routes of dispatch are told in the same words."""

from typing import Annotated

from pydantic import Field

OverLimit = Annotated[bool, Field(description="Also when the professional has as many open jobs as they may have.")]
