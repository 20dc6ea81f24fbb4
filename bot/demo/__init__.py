"""The demo: a local Slack-compatible workspace, its page, and the sample shop."""
