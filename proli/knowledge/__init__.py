"""What Israelis write and mean: places, times, trades, names, answers. Pure functions over text, no clock."""
