"""Committees in every state with three years of rosters, offices and applications, and an account for each role."""

from committees.demo_data.accounts import ACCOUNTS
from committees.demo_data.build import load

__all__ = ["ACCOUNTS", "load"]
