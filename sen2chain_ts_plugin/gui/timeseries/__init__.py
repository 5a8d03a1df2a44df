"""The dock of time series."""
