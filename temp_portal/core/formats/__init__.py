"""How numbers and dates are written in each language (named by the setting FORMAT_MODULE_PATH)."""
