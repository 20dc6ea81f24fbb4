"""What Baton thinks of a message: it writes nothing and tells nobody, so that a replay thinks as the bot does."""
