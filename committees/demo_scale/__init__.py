"""Committees of two hundred seats each, with three years of admissions, changes, departures and corrections."""

from committees.demo_scale.accounts import ACCOUNTS, SECRETARY, STAFF
from committees.demo_scale.build import TABLES, load

__all__ = ["ACCOUNTS", "SECRETARY", "STAFF", "TABLES", "load"]
