"""What talks: the turn, Slack in and out, commands."""
