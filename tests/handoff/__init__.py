"""What Baton decides."""
