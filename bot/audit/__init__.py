"""How a decision came about: remembered, told, explained and run again."""
