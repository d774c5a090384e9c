"""`manage.py load_demo` and its questions."""
