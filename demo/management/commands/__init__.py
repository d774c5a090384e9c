"""The command `manage.py load_demo`."""
