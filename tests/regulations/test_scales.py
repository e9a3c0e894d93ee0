"""The gaps and overlaps of the 27 scales are those that a reader finds by writing them all out."""

from tiaoli.regulations import catalogue

GAP, OVERLAP, BOTH, NEITHER = {"gap"}, {"overlap"}, {"gap", "overlap"}, set[str]()

MATRIX = {
    "2.1": BOTH, "2.2": OVERLAP,
    "4.1": BOTH, "4.2.a": GAP, "4.2.b": OVERLAP, "4.3": GAP,
    "5.1.1": BOTH, "5.1.2.1": GAP, "5.1.2.2": GAP, "5.2.1": GAP, "5.2.2": GAP, "5.3": OVERLAP,
    "6.1": GAP, "6.2": GAP, "6.3": BOTH, "6.4": BOTH, "6.5": NEITHER,
    "7.1.1": GAP, "7.1.2": GAP, "7.1.3": GAP, "7.2": GAP, "7.3": OVERLAP,
    "8.1": BOTH, "8.2": OVERLAP,
    "9.1": NEITHER, "9.2": GAP, "9.3": BOTH,
}  # fmt: skip
"""Item by item, as the matrix of the standard has them."""

NEVER_MET = {"NM-4.2a.L4", "NM-4.2a.L5", "NM-8.1.L4", "NM-8.1.L5"}
"""The levels that cannot be met as they are written."""


def test_the_declared_gaps_and_overlaps_are_those_of_the_matrix() -> None:
    """That they are what the solver finds is held by the tests of ``lint``."""
    regulation = catalogue.find("nm-program")
    scales = {q.id: q.scale for q in regulation.questions.values() if q.scale is not None}
    found = {
        item: {
            finding.check
            for finding in regulation.findings
            if finding.check in BOTH
            and set(finding.clauses) <= {level.clause for level in scale.levels}
        }
        for item, scale in scales.items()
    }
    assert found == MATRIX


def test_the_levels_that_nothing_can_meet_are_declared() -> None:
    findings = catalogue.find("nm-program").findings
    assert {c for f in findings if f.check == "never" for c in f.clauses} == NEVER_MET
