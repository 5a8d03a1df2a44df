"""Analyses over an extraction tree: curves, periods, anomalies, trends, seasons.

Each module reads like the method section of a paper: formula, source and units in the place where they are used.
"""
