"""Where the pixels of an index product come from: produced masked rasters, masks applied while reading, L2A bands."""
