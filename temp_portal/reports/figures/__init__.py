"""What a report says, as exact values without language or layout.

`values` are the cells, `comparison` makes the block of comparison columns, `document` is the whole with its hash.
"""

from temp_portal.reports.figures.comparison import (
    PARTS,
    WINDOW,
    Block,
    Part,
    compared_flow,
    compared_stock,
    compared_values,
    missing_block,
)
from temp_portal.reports.figures.document import SCHEMA, Document, canonical, digest
from temp_portal.reports.figures.values import Cell, Missing, Number, Ratio, Reason, Value, decode, encode

__all__ = [
    "PARTS",
    "SCHEMA",
    "WINDOW",
    "Block",
    "Cell",
    "Document",
    "Missing",
    "Number",
    "Part",
    "Ratio",
    "Reason",
    "Value",
    "canonical",
    "compared_flow",
    "compared_stock",
    "compared_values",
    "decode",
    "digest",
    "encode",
    "missing_block",
]
