"""A model at an address: which one serves what, how it is asked, and what its failures mean."""
