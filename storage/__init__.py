"""What Baton remembers: tables, queues and queries. Knows nothing of Slack, of models or of rules."""
