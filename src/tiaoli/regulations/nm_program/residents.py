"""Chapter 4: residents, how they are supervised, what hours they work, where, and what grows."""

from tiaoli.regulations.nm_program.residents_growth import item_4_3
from tiaoli.regulations.nm_program.residents_hours import item_4_2a
from tiaoli.regulations.nm_program.residents_supervision import item_4_1
from tiaoli.regulations.nm_program.residents_workplace import item_4_2b

QUESTIONS = (item_4_1, item_4_2a, item_4_2b, item_4_3)
