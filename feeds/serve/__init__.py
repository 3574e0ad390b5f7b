"""A preview of the feeds' folder over HTTP, for whoever sits at this machine."""
