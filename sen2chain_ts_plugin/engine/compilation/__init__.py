"""The files of each period, compiled from the best rows."""
