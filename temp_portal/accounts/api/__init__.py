"""What the API needs to know of accounts."""
