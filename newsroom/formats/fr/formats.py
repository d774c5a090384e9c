"""What differs from Django's own French: 3 mars 2026, 14:05."""

DATETIME_FORMAT = "j F Y, H:i"
