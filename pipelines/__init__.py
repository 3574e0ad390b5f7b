"""The article's road, one file a step; each a thin class over a pure function beside it."""
