"""When a Hebrew caller has finished: false cut-offs and delay of the rule, of plain silence and of other detectors."""
