"""Enterprises of all ownership types from ten countries, with identifiers, dated ownership and representatives."""

from members.demo_data.build import load

__all__ = ["load"]
