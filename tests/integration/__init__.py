"""Several parts together, against the local workspace."""
