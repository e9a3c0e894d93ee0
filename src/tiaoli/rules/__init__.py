"""
What a regulation may say: the algebra.

A rule is an immutable value. It is written with the words below, read by ``answers`` for one
subject, and never evaluated here::

    from tiaoli.rules import all_of, any_of, clause, count, lookback, records, years

    paper = records("publication")
    recent = paper.where(paper.author_role.is_in("first", "corresponding"),
                         lookback(paper.publication_date, years(5)))
    rule = clause("ART-3", count(recent).at_least(1))
"""

from tiaoli.facts.periods import Period, days, months, years
from tiaoli.rules.amounts import (
    Amount,
    AmountNode,
    amount_table,
    capped,
    count,
    hours,
    not_stated,
    number_of,
    points,
    sum_of,
    total,
    twd,
)
from tiaoli.rules.citation import amount_clause, clause, clause_ids
from tiaoli.rules.errors import (
    BrokenRegulation,
    MixedUnits,
    NoSuchAttribute,
    NoSuchOption,
    NotTrueOrFalse,
    RuleError,
)
from tiaoli.rules.expressions import (
    NEVER,
    SATISFIED,
    Node,
    Rule,
    Value,
    all_of,
    any_of,
    at_least_of,
    unless,
    waived_by,
)
from tiaoli.rules.interpretation import Interpretation, Option, keys_of, reading, resolve
from tiaoli.rules.judgement import judged, presumed
from tiaoli.rules.moments import (
    AS_OF,
    ASKED_ON,
    completed,
    date_of,
    days_after,
    deadline,
    earlier_of,
    last_day_of,
    later_of,
    look_back,
    lookback,
    workday_on_or_after,
)
from tiaoli.rules.procedure import Procedure, State, Transition
from tiaoli.rules.question import Band, Question
from tiaoli.rules.records import (
    Records,
    each_from_a_different_event,
    every,
    latest,
    records,
    related,
    served,
    the,
    union,
)
from tiaoli.rules.regulation import Clause, Edition, Place, Regulation

__all__ = [
    "ASKED_ON",
    "AS_OF",
    "NEVER",
    "SATISFIED",
    "Amount",
    "AmountNode",
    "Band",
    "BrokenRegulation",
    "Clause",
    "Edition",
    "Interpretation",
    "MixedUnits",
    "NoSuchAttribute",
    "NoSuchOption",
    "Node",
    "NotTrueOrFalse",
    "Option",
    "Period",
    "Place",
    "Procedure",
    "Question",
    "Records",
    "Regulation",
    "Rule",
    "RuleError",
    "State",
    "Transition",
    "Value",
    "all_of",
    "amount_clause",
    "amount_table",
    "any_of",
    "at_least_of",
    "capped",
    "clause",
    "clause_ids",
    "completed",
    "count",
    "date_of",
    "days",
    "days_after",
    "deadline",
    "each_from_a_different_event",
    "earlier_of",
    "every",
    "hours",
    "judged",
    "keys_of",
    "last_day_of",
    "later_of",
    "latest",
    "look_back",
    "lookback",
    "months",
    "not_stated",
    "number_of",
    "points",
    "presumed",
    "reading",
    "records",
    "related",
    "resolve",
    "served",
    "sum_of",
    "the",
    "total",
    "twd",
    "union",
    "unless",
    "waived_by",
    "workday_on_or_after",
    "years",
]
