"""The charts of a report: ordered by a server, drawn in a process of their own that loads little but matplotlib."""
