"""The only room with a network: one small file an outlet, and the base they share."""
