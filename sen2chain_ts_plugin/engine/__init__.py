"""Masked zonal statistics of a Sen2Chain library, with numpy, rasterio and pandas. Nothing below here imports qgis."""
