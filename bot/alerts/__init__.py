"""Alerts between reports: what got worse is told to managers once, on cards that stay as things stand."""
