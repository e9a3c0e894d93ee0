"""
What goes wrong while a rule is being written. All of these are raised where the rule stands,
never when it is asked::

    RuleError
    ├── NotTrueOrFalse     a rule was used as a Python condition
    ├── NoSuchAttribute    a kind of fact has no such attribute
    ├── NoSuchOption       an attribute has no such option
    ├── MixedUnits         hours compared with points, a day with a number
    └── BrokenRegulation   a clause, key, state or question that does not fit the rest
"""


class RuleError(Exception):
    """A rule that cannot be meant as it stands."""


class NotTrueOrFalse(RuleError, TypeError):
    """``if rule``, ``rule and rule``, ``not rule``."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} is neither true nor false until it meets a dossier. "
            "Combine rules with & | ~ or all_of(), any_of(), not with and, or, not."
        )


class NoSuchAttribute(RuleError, AttributeError):
    """A misspelt attribute."""


class NoSuchOption(RuleError, ValueError):
    """A misspelt option of a choice."""


class MixedUnits(RuleError, TypeError):
    """Two values that cannot be compared or added."""


class BrokenRegulation(RuleError, ValueError):
    """Parts of a regulation that contradict one another."""
