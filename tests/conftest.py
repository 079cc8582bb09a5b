"""What every test shares."""

pytest_plugins = ["tests.collected", "tests.rule_marks", "tests.databases", "tests.builders", "pytester"]
