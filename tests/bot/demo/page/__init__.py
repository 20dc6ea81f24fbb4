"""The page of the local workspace: rendering and routes."""
