"""Plots and report of an extraction."""
