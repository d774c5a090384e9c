"""The pages by which machines ask how the site is: a monitor, a load balancer, a supervisor.

Anybody may ask, as often as they like: the site is examined at most once every few seconds in each process, and the
answer tells names of conditions, no details.
"""

from __future__ import annotations

import logging
import math
import threading
import time

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.alarms import DATABASE
from newsroom.conditions import HealthCondition, examine_site

REPORT_LIFETIME = 2.0  # seconds that a report is good for
EXAMINATION_TIMEOUT = 3.0  # seconds that an examination may take; probes wait no longer than for its end
LOCK_TIMEOUT = 0.2  # seconds that a probe waits for others that only read

logger = logging.getLogger(__name__)


class HealthReport:
    """The conditions that held when this process was last asked, examined by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._conditions: dict[str, HealthCondition] = {}
        self._began_at = self._examined_at = -math.inf  # monotonic seconds

    def current_conditions(self) -> list[HealthCondition]:
        """Return the conditions of the last seconds. A database that holds up the examination does not answer."""
        end = self._began_at + EXAMINATION_TIMEOUT - time.monotonic()
        if not self._lock.acquire(timeout=max(end, LOCK_TIMEOUT)):
            return [HealthCondition(DATABASE, "red", "The database does not answer in time.")]
        try:
            if time.monotonic() - self._examined_at > REPORT_LIFETIME:
                self._began_at = time.monotonic()
                self._update({condition.name: condition for condition in examine_site()})
                self._examined_at = time.monotonic()
            return list(self._conditions.values())
        finally:
            self._lock.release()

    def _update(self, conditions: dict[str, HealthCondition]) -> None:
        """Write one line to the log when a condition begins and when it ends."""
        for name in conditions.keys() - self._conditions.keys():
            found = conditions[name]
            logger.error("Health is %s: %s", found.level, found.detail, extra={"kind": found.name})
        for name in self._conditions.keys() - conditions.keys():
            logger.warning("Health: the condition “%s” has ended", name)
        self._conditions = conditions


report = HealthReport()


@require_safe
@never_cache
def show_health(request: HttpRequest) -> HttpResponse:
    """Answer monitors with 503 while a condition is red, otherwise 200; each condition has a line."""
    conditions = report.current_conditions()
    is_red = any(condition.level == "red" for condition in conditions)
    lines = [f"{condition.level}: {condition.name}" for condition in conditions]
    return _answer(lines, is_red)


@require_safe
@never_cache
def show_readiness(request: HttpRequest) -> HttpResponse:
    """Answer load balancers with 503 while this process has no database; problems of the whole site do not count."""
    is_unready = any(condition.name == DATABASE for condition in report.current_conditions())
    return _answer([f"red: {DATABASE}"] if is_unready else [], is_unready)


@require_safe
@never_cache
def show_liveness(request: HttpRequest) -> HttpResponse:
    """Answer supervisors with 200 as long as this process works at all: restarting it repairs no database."""
    return _answer([], is_red=False)


@never_cache
def show_unknown(request: HttpRequest) -> HttpResponse:
    """Answer without the site's page of missing addresses, which asks the database that may be what fails."""
    return HttpResponseNotFound("There is no such health check.\n", content_type="text/plain; charset=utf-8")


def _answer(lines: list[str], is_red: bool) -> HttpResponse:
    text = "".join(f"{line}\n" for line in lines or ["ok"])
    return HttpResponse(text, status=503 if is_red else 200, content_type="text/plain; charset=utf-8")
