"""Measures the portal against the floors and the peers of its design, in one sitting: `make bench`.

Every bar P1–P10 is printed as a ratio with its verdict. Nothing here is a test: times depend on the machine, ratios
within one run hardly do.
"""
