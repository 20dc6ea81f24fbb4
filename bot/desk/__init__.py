"""What agents do at their desk: cards, drafts, reviews, threads, and what they teach."""
