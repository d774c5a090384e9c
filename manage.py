#!/usr/bin/env python
"""Django's command line for this project."""

import os
import select
import sys

from django.core.management import execute_from_command_line


def run_command() -> None:
    """Run the command, and end quietly when its output is closed, as in `… | head`."""
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:
        if not _is_output_closed():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes the rest when it ends
        sys.exit(1)


def _is_output_closed() -> bool:
    """Return whether it was the output that broke, not a connection to somewhere."""
    output = select.poll()
    output.register(sys.stdout, 0)  # errors are reported without asking for them
    return bool(output.poll(0))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    run_command()
