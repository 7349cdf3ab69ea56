"""What is fast and by how much, beside what a user would otherwise write."""
