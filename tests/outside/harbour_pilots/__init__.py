"""An invented regulation of an invented profession, as another house would write and keep it."""
