"""Rasters: opened, checked, read block by block or in areas."""
