"""What each verb of the command line does: parsed options in, an exit code out. Loaded when asked for."""
