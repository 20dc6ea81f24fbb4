"""The way of a conversation, from its first question to its end."""
