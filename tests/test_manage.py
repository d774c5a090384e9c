"""The command line: a command whose output nobody reads to its end, as in `… | head`, ends without a traceback."""

import os
import subprocess
import sys

import pytest

import manage
from tests.documents import ROOT


def run_into_closed_pipe(*arguments):
    """Return the command as it ended, with what it wrote to standard error."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writing)


def test_a_command_whose_output_is_closed_ends_quietly():
    ended = run_into_closed_pipe("help")
    assert (ended.returncode, ended.stderr) == (1, "")


def test_a_broken_connection_is_reported(monkeypatch):
    def break_connection(arguments):
        raise BrokenPipeError("the mail server hung up")

    monkeypatch.setattr(manage, "execute_from_command_line", break_connection)
    with pytest.raises(BrokenPipeError, match="the mail server hung up"):
        manage.run_command()
