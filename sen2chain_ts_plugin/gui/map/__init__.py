"""What the map shows and takes: zones, clicks, dates."""
