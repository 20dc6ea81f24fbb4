"""What Baton promises, checked."""
