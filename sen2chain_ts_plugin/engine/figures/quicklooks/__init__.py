"""Pictures of zones and dates."""
