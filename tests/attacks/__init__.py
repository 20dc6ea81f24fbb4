"""Attacks of our own, played against the whole bot with a model that does whatever the attacker wants."""
