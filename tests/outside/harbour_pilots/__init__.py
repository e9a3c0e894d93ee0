"""
An invented regulation of an invented profession, as another house would write and keep it.

Nothing is imported here: the vocabulary reads ``words`` before there are any rules.
"""
