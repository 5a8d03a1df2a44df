"""What `make bench` runs: the engine beside the decode floor and beside its rivals, on a library of full size."""
