"""What talks: Slack in and out, drafting, knowledge, reports and the command line."""
