"""A new outlet: from what a look at its site found to its file and its first fixtures."""
