"""The version in use and the one on trial beside it."""
