"""What users would pick instead: the Django admin, import-export, a plain REST framework view, a task per mail."""
