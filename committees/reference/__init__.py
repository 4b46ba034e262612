"""What the portal ships: days of working calendars, reasons for decisions, and the checklist of applications."""
