"""Drafters: they propose a reply from what the search found."""
