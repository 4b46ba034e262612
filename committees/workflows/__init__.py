"""The only code that changes a state or a roster. Pages, API and tasks call the same functions."""
