"""Private files with a meaning: checked by content, kept by their owner, shown to whom another app grants it."""
