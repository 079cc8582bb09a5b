"""What the buttons of the library of example audits carry. See `cards.payloads`."""
