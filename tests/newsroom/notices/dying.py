"""Hands in stories and dies each time at another step: for tests/newsroom/notices/test_killed.py.

`python -m tests.newsroom.notices.dying USER STORY…`: a copy of the process for each story dies by kill -9 before its
first, second … statement that writes, or before or after a commit; the last ones live.
"""

import os
import signal
import sys
from itertools import count
from unittest.mock import patch

import django
from django.db import connection


def submit(story_id, user_id, last):
    from articles.models import Article
    from newsroom.models import User

    numbers = count(1)

    def step():
        if next(numbers) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute, sql, params, many, context):
        if not sql.startswith("SELECT"):
            step()
        return execute(sql, params, many, context)

    def commit(really=connection._commit):
        step()
        really()
        step()

    with connection.execute_wrapper(statement), patch.object(connection, "_commit", commit):
        Article.objects.get(pk=story_id).submit(User.objects.get(pk=user_id))


def main(user_id, *stories):
    for last, story_id in enumerate(stories, 1):
        process = os.fork()
        if not process:
            submit(story_id, user_id, last)
            os._exit(0)
        os.waitpid(process, 0)


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
