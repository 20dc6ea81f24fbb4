"""Slack out: messages, cards, forms and App Home as pure functions from nouns to blocks."""
