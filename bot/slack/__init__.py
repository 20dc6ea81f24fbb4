"""The line to Slack: what comes in, what goes out, and who and where everybody is."""
