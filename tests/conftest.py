"""What every test shares."""

pytest_plugins = ["tests.rule_marks", "tests.databases", "pytester"]
