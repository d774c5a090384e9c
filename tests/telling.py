"""The site with a page that tells all it knows, and commands that do: for tests/newsroom/test_redaction.py.

`python -m tests.telling` opens pages as granian does, with the environment of the process beside the request, and
writes whatever leaves the process to standard output and error.
"""

import io
import os
import sys
import threading

os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.http import HttpResponse
from django.urls import path

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

from newsroom.wsgi import application  # noqa: E402 - it loads the settings


def fail_with_secrets(request):
    """Fail naming every secret, in the message and in the variables of the frame."""
    cache, database = settings.CACHES, connection.settings_dict
    raise RuntimeError(f"{os.environ} {settings.SECRET_KEY} {settings.EMAIL_HOST_PASSWORD} {cache} {database}")


class FailsAtItsEnd:
    def __del__(self):
        fail_with_secrets(None)


def show(request):
    """Show what a page would show that prints the request itself."""
    return HttpResponse(f"{request.META} {request.environ}")


def main():
    from newsroom import urls

    urls.urlpatterns[:0] = [path("admin/tell/", fail_with_secrets), path("admin/show/", show)]
    for address in ("/admin/tell/", "/admin/show/", "/", "/admin/", "/admin/login/", "/health/", "/search/?q=a"):
        request_page(address)
    request_page("/admin/login/", body=b"&".join(b"a=1" for _ in range(2000)))
    thread = threading.Thread(target=fail_with_secrets, args=[None])
    thread.start()
    thread.join()
    FailsAtItsEnd()
    for command in ("diffsettings --all", "check --deploy --database default"):
        try:
            name, *options = command.split()
            call_command(name, *options, stdout=sys.stdout, stderr=sys.stdout)
        except SystemCheckError as error:
            print(error)
    print("check --deploy was the last")
    fail_with_secrets(None)


def request_page(address, body=b""):
    address, _mark, query = address.partition("?")
    environ = {
        **os.environ,
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": f"csrftoken={'a' * 32}",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
    }
    chunks = application(environ, lambda status, headers, exc_info=None: print(address, status, headers))
    print(b"".join(chunks).decode())


if __name__ == "__main__":
    main()
