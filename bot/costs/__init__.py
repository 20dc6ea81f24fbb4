"""What models cost: the account of calls, their prices, and the day's budget."""
