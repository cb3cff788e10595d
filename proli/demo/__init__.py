"""A business with a past: three months of people who wrote, what came of it, and what is going on right now."""

from proli.demo.fill import fill_with_life
from proli.demo.ratings import Rating, ratings_of

__all__ = ["Rating", "fill_with_life", "ratings_of"]
