"""The page that a monitor or load balancer asks whether this process can serve."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.connection import first_asked


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers a query on a real table, otherwise 503."""
    try:
        first_asked(_asks)
    except Error:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def _asks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
