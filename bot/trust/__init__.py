"""Trust: what a topic may do alone, and what watches over it."""
