"""The weights of the ranking, as managers write and see them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.errors import BadSetting
from proli.dispatch.rules import Weights
from proli.platform.doors.fields import Body

Weight = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]


class WeightsIn(Body):
    """How much each part of the ranking counts; what is left out counts as it does by default."""

    rating: Weight | None = None
    distance: Weight | None = None
    load: Weight | None = None
    fairness: Weight | None = None
    earliest: Weight | None = None


class WeightsOut(BaseModel):
    """How much each part of the ranking counts; only their proportions matter."""

    model_config = ConfigDict(from_attributes=True)

    rating: float
    distance: float
    load: float
    fairness: float
    earliest: float


def own_weights(sent: WeightsIn) -> dict[str, float]:
    """What differs from the default weights.

    Raises:
        BadSetting: nothing would count.
    """
    own = sent.model_dump(exclude_none=True)
    try:
        Weights(**own)
    except ValueError as error:
        raise BadSetting(field="weights") from error
    return own
