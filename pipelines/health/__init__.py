"""Whether an outlet is well, by its own history and by what its file declares. Pure."""
