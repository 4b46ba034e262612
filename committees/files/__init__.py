"""What is taken away of a committee on paper or into an address book: each file has its writer and, as PDF, its layout.

A layout is a Typst source beside its writer. The content goes in as JSON and is never made into markup.
"""
