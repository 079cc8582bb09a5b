"""Commands for people who work on the product; nothing here is part of it."""
