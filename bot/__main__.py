"""`python -m bot`: the same as `plumbline`."""

from bot.cli import main

main()
