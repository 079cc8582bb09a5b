"""Composition root: settings, web app, Bot Framework adapter, connector, command line."""
