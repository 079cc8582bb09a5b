"""Composition root: settings, web app, Bot Framework adapter, connector, command line."""

__version__ = "0.4.0"
"""The product's version, and the only place that names it. docs/changelog.md tells of it under its first two
numbers; the Teams package has one of its own (docs/decisions/0006-manifest.md)."""
