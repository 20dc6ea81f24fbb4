"""Cross-checks: independent graders judge a draft where their word could change who answers."""
