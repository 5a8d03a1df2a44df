"""A small true library from a seed: invented ground and sky on two real tiles of La Réunion, in Sen2Chain's formats.

`build` makes a whole library; `Scene` and `write_rasters` make single rasters of any size, up to full tiles.
"""

from .acquisitions import TILES, products, windows
from .acquisitions import SampleProduct as Product
from .acquisitions import TileWindow as Window
from .build import IN_SAFE, Sample, build, place
from .fields import SampleZone as Zone
from .fields import choose, write_layer
from .rasters import write_rasters
from .scene import INDICES, PROBABILITY, SCENE, Block, Raster, Scene, World, index_raster, mask_raster
from .sky import CLOUDMASKS

__all__ = [
    "CLOUDMASKS",
    "INDICES",
    "IN_SAFE",
    "PROBABILITY",
    "SCENE",
    "TILES",
    "Block",
    "Product",
    "Raster",
    "Sample",
    "Scene",
    "Window",
    "World",
    "Zone",
    "build",
    "choose",
    "index_raster",
    "mask_raster",
    "place",
    "products",
    "windows",
    "write_layer",
    "write_rasters",
]
