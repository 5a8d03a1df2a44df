"""The dock of jobs."""
