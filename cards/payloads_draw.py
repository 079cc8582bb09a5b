"""What the buttons of a draw carry. See `cards.payloads`."""
