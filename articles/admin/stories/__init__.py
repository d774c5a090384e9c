"""A story on the desk: its form, its versions, its buttons, and the pages beside them."""
