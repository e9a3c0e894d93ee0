"""
Random rules of the whole algebra, and random dossiers for them to meet.

Days crowd around leap days and the edges of windows, values around the amounts that rules ask for,
so that most rules are undecided by a hair. Every node class is here; a test holds that.
``dossiers`` has the facts, ``rules`` the rules, and the files between them one sort of node each.
"""
