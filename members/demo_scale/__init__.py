"""Organisations by the hundred thousand, with numbers, ownership over time, and the people who speak for them."""

from members.demo_scale.build import TABLES, load
from members.demo_scale.firms import Firms

__all__ = ["TABLES", "Firms", "load"]
