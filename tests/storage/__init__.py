"""What Baton remembers, on both databases."""
