"""View models in, Adaptive Cards out. Pure."""
