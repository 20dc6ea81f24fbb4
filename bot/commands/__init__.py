"""The work behind the commands of the terminal."""
