"""The extraction folder: its names, its manifest, its raw CSV."""
