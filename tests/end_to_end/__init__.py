"""What a person sees: the page in a real browser."""
