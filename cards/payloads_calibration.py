"""What the buttons of a calibration round and of agreement carry. See `cards.payloads`."""
