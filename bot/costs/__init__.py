"""What models cost: the account of calls, and the day's budget."""
