"""The edge: what comes in from Teams is proved before it is read, what goes out has a typed outcome."""

from bot.edge.opening import Edge, open_edge

__all__ = ["Edge", "open_edge"]
