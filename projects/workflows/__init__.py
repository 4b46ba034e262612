"""The only code that changes projects: the record, its stages, who takes part, where it stands, its money."""
