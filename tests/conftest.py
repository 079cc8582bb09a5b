"""What every test shares."""

pytest_plugins = ["tests.rule_marks", "tests.databases", "tests.builders", "pytester"]
