"""What the buttons of the learning log carry. See `cards.payloads`."""
