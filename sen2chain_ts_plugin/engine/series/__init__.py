"""Rows of a zone in the order of their dates: the best of each date, smoothed, as curves and tables."""
