"""The facts about a person, their evidence, and the dossier made of them."""
