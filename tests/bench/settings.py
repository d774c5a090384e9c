"""The newsroom's settings, with a count of the pages that Django renders: a byte each in the file BENCH_RENDERED."""

import os

from newsroom.settings import *  # noqa: F403
from newsroom.settings import MIDDLEWARE

MIDDLEWARE = ["tests.bench.settings.count_renderings", *MIDDLEWARE]


def count_renderings(get_response):
    file = os.open(os.environ["BENCH_RENDERED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def middleware(request):
        os.write(file, b".")
        return get_response(request)

    return middleware
