"""Stories in, feeds out. `feeds/out/` is generated."""
