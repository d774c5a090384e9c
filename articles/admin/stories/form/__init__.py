"""The form of a story: its fields, what fills them, what a save checks, and what it is told beside them."""
