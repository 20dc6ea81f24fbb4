"""Who may be shown a draft, and whether it may still go out: both follow from the articles that it rests on."""
