"""Pages that need no network and escape what they show."""
