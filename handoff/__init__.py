"""What Baton decides: pure rules and the transactions of the desk. No network, no Slack, no model."""
