"""The zones of a layer: read, projected, and as pixels of a grid."""
