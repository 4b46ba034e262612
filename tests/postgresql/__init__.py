"""PostgreSQL for the suite: what a test has committed is gone again in a moment."""
