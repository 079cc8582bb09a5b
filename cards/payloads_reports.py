"""What the buttons of round reports, praise and the headline carry. See `cards.payloads`."""
