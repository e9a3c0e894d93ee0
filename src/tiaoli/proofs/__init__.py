"""Proofs: what a regulation's text can and cannot mean, found by a solver over all dossiers."""

from tiaoli.proofs.search import Search, Verdict, solve

__all__ = ["Search", "Verdict", "solve"]
