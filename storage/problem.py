"""The root of the errors that people read."""


class Problem(Exception):
    """What a person can mend: the message says what is wrong and what to do, and is all that they are shown."""


class WrongUse(Problem):
    """A command was given what makes no sense; the message says what to write instead."""
