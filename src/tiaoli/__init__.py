"""Tiaoli 條理: rules of professional credentialing as values that can be asked and explained."""

__version__ = "0.1.0"
