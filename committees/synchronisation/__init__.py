"""A committee's roster as somebody keeps it in a spreadsheet, brought together with the portal's.

In the order of use: `fields` (what a file can say), `reading` (its sheets and rows), `matching` (whom a row means),
`roster` (what the portal has), `differences` and `plan` (what would change), `writing` (the change itself, through the
workflows of seats), `work` (all of it for one file).
"""
