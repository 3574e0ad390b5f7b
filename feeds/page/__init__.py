"""The digest as pages: static HTML, read without a script, and nothing loaded from anywhere else."""
