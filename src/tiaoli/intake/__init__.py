"""Opens the files in which people keep their records; nothing above it knows of a file format."""

from tiaoli.facts.problems import DossierError, Problem
from tiaoli.intake.files import Loaded, load, load_with_tables

__all__ = ["DossierError", "Loaded", "Problem", "load", "load_with_tables"]
