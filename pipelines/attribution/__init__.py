"""The heart: who said it first, who passed it on, who took the photo, who is quoted. Pure functions."""
