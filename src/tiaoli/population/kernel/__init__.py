"""The engine for interactive work: a plan as one C program, compiled once and kept."""

from tiaoli.population.kernel.compiler import CACHE, COMPILER, NoCompiler, cache_folder
from tiaoli.population.kernel.operations import NoKernel
from tiaoli.population.kernel.running import run
from tiaoli.population.kernel.source import program_of
from tiaoli.population.kernel.troubles import KernelTrouble

__all__ = [
    "CACHE", "COMPILER", "KernelTrouble", "NoCompiler", "NoKernel", "cache_folder", "program_of",
    "run",
]  # fmt: skip
