"""What known facts show is not looked for, and nothing is taken as shown that they do not show."""

from __future__ import annotations

from dataclasses import replace

from regulated import asks, regulation, summary

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import read_dossier
from tiaoli.proofs.asked import Example
from tiaoli.proofs.lint import DAY, Report, joined, lint, works
from tiaoli.proofs.search import Search, Verdict
from tiaoli.rules import Question, any_record, clause, count, level, no, records, scale

entry = records("credit_entry")
licence = records("licence")
held = any_record(licence)
QUESTION = asks(("eligible", clause("C1", held)), ("barred", clause("C2", no(licence))))


def facts(*kinds: str) -> Dossier:
    told = [{"id": f"{kind}-1", "kind": kind, "issue_date": "2020-01-01"} for kind in kinds]
    return read_dossier({"subject": {"id": "someone"}, "facts": told})


def asked(question: Question, *known: Dossier) -> Report:
    examples = {"q": [Example(one) for one in known]}
    return lint(regulation(question, {}), on=DAY, examples=examples)


def test_examples_of_every_outcome_leave_nothing_to_look_for() -> None:
    alone, shown = asked(QUESTION), asked(QUESTION, facts("licence"), facts())
    assert (alone.open.asked, shown.open.asked) == (6, 0)


def test_an_example_of_one_outcome_shows_no_other() -> None:
    taken = asks(("eligible", clause("C1", held)), ("barred", clause("C2", held & held)))
    assert summary(asked(taken, facts("licence")).findings) == [("unreachable", ("C2",))]


def test_examples_do_not_hide_conditions_that_exclude_one_another() -> None:
    both = asks(("eligible", clause("C1", held) & clause("C2", no(licence))))
    found = summary(asked(both, facts("licence"), facts()).findings)
    assert ("contradiction", ("C1", "C2")) in found


def test_facts_found_before_serve_again_only_where_they_meet_what_is_asked() -> None:
    search = Search((held, any_record(entry)), on=DAY)
    one, other = search.truth(held), search.truth(any_record(entry))
    both = (search.seek(one, other), search.seek(one), search.seek(other))
    assert (*both, search.seek(one, search.truth(~held))) == (*[Verdict.FOUND] * 3, Verdict.NONE)


def test_facts_found_before_do_not_serve_against_what_is_learned_later() -> None:
    search = Search((held, any_record(entry)), on=DAY)
    one, other = search.truth(held), search.truth(any_record(entry))
    found = search.seek(one)
    search.world.constraints.append(search.truth(no(licence)))
    assert (found, search.seek(one), search.seek(other)) == (
        Verdict.FOUND,
        Verdict.NONE,
        Verdict.FOUND,
    )


def test_parts_done_side_by_side_find_what_is_found_at_once() -> None:
    five = (count(entry).at_most(at) for at in (1, 2, 3, 4, 5))
    levels = (level(f"L{number}", rule) for number, rule in enumerate(five, 1))
    label = Label("項目", "an item")
    graded = replace(asks(("level_1", held)), id="q", scale=scale("q", label, *levels))
    text = regulation(graded, {})
    parts = [lint(text, on=DAY, work=work) for work in works(text)]
    whole = summary(lint(text, on=DAY).findings)
    assert (len(parts), whole != [], summary(joined(text, parts).findings)) == (2, True, whole)
