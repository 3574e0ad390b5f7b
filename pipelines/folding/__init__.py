"""Which articles tell of one event: pure functions and one object in memory, over pieces of any language."""
