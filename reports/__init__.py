"""What people take away from the product as files."""
