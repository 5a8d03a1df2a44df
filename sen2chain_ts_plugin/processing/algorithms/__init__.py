"""One file per algorithm, named like its id."""
