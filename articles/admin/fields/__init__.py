"""Fields and widgets of the desk's forms."""
