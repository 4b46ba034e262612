"""PostgreSQL and Valkey from Python wheels, for machines where no server is installed.

Settings read ``layout`` while they are being built. ``servers`` starts and stops, ``hook`` ties that to the settings in
use.
"""
