"""Pure functions on strings: Unicode repair, language, boilerplate."""
