"""Knowledge: articles are read, cut into passages and searched."""
