"""
The engine for interactive work: a plan as one C program, compiled once and kept.

``prepare`` makes the plan of a question for a population, ``run`` works it out, and
``results.table`` makes a table of it. Read ``source`` first; ``support.c`` and ``ledger.c`` are
what every program has before it.
"""

from tiaoli.population.kernel.certainties import certain_of, prepare
from tiaoli.population.kernel.compiler import CACHE, COMPILER, NoCompiler, cache_folder
from tiaoli.population.kernel.operations import NoKernel
from tiaoli.population.kernel.running import run
from tiaoli.population.kernel.source import program_of
from tiaoli.population.kernel.troubles import KernelTrouble

__all__ = [
    "CACHE", "COMPILER", "KernelTrouble", "NoCompiler", "NoKernel", "cache_folder", "certain_of",
    "prepare", "program_of", "run",
]  # fmt: skip
