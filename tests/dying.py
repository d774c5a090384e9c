"""The newsroom's server, killed at a chosen step of a request: for tests/test_dying.py.

`python -m tests.dying` imports the newsroom once. For each port that it reads it starts a granian of its own there,
a copy of itself, and writes the number of its process group.
"""

import os
import signal
import sys
from itertools import count
from unittest.mock import patch

from django.db import connection
from django.test import Client
from granian import Granian

from newsroom.wsgi import application as newsroom

HEADER = "X-Dies-At"  # the number of the step: 1 is the first


def application(environ, start_response):
    """Die by kill -9 before a statement that writes, around a commit, or when all is done and nothing answered yet.

    What a kill between two reads leaves is what it leaves before the next write.
    """
    last = int(environ.get("HTTP_X_DIES_AT", 0))
    numbers = count(1)

    def step():
        if next(numbers) == last:
            os.killpg(0, signal.SIGKILL)

    def statement(execute, sql, params, many, context):
        if not sql.startswith("SELECT"):
            step()
        return execute(sql, params, many, context)

    def commit(really=connection._commit):
        step()
        really()
        step()

    with connection.execute_wrapper(statement), patch.object(connection, "_commit", commit):
        answer = newsroom(environ, start_response)
    step()
    return answer


def main():
    Client(headers={"host": "localhost"}).get("/admin/login/")  # what is slow for the first time, copies have done
    connection.close()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            print(os.getpid(), flush=True)
            os.dup2(2, 1)  # what granian has to say goes to the log
            Granian("tests.dying:application", port=int(line), interface="wsgi", blocking_threads=1).serve()
            os._exit(0)


if __name__ == "__main__":
    main()
