"""What several parts of the window use."""
