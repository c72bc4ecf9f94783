"""What a tick does."""
