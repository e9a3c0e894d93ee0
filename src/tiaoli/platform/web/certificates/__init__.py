"""Certificates: the holder's, the register of whoever issues, and the page that anybody may see."""
