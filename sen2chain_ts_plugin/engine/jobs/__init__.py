"""Extractions that repeat: their files, runs, logs, copies and schedule."""
