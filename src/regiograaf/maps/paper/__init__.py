"""What a figure on paper is made of: text of known width, curves, room between boxes, marks, legend.

Lengths are points (1/72 inch), y goes down. Only exact sums, products and square roots, so that a figure is the same to
the byte on every machine and with every Python.
"""
