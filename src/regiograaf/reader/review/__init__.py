"""The page in which a coder goes through a draft encoding: one HTML file that works offline.

It holds the letter's text, so it stays with whoever may read the letter. What the coder decides becomes the Turtle file
that `regiograaf.reader.turtle` writes, made from the same blocks.
"""

from regiograaf.reader.review.page import page

__all__ = ["page"]
