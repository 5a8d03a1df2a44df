"""What is on disk: folders, products, cloud masks."""
