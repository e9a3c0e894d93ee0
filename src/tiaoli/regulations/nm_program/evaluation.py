"""Chapter 9: how residents, faculty and the programme are evaluated."""

from tiaoli.regulations.nm_program.evaluation_faculty import item_9_2
from tiaoli.regulations.nm_program.evaluation_programme import item_9_3
from tiaoli.regulations.nm_program.evaluation_residents import item_9_1

QUESTIONS = (item_9_1, item_9_2, item_9_3)
