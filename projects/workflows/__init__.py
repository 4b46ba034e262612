"""The only code that changes a state of projects and what is kept with them."""
