"""Files made for the checks: good ones of every kind, and those that hide, explode or infect.

Every module offers `FILES`: what the file is → (name, how it is made, why it is refused).
"""
