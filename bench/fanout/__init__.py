"""How long ten thousand notices take under Teams' documented limits, and whether any limit is exceeded."""
