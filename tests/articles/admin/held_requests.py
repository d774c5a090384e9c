"""Requests of a tab that are held back, as on a slow network."""

import time

SECONDS = 15  # at most, until a request is on its way


class HeldRequests:
    """What a tab sends to an address by this method, each until it is let through."""

    def __init__(self, tab, address, method="POST"):
        self.tab, self.address, self.method = tab, address, method
        self.routes = []
        tab.route(address, self._hold)

    def __len__(self):
        return len(self.routes)

    def first(self):
        """Return the first one, once it is on its way."""
        deadline = time.monotonic() + SECONDS
        while not self.routes and time.monotonic() < deadline:
            self.tab.wait_for_timeout(10)  # in which the tab's requests are handled
        return self.routes[0]

    def let_through(self):
        """Let the first one through, and hold no further one."""
        self.first().continue_()
        self.tab.unroute(self.address)

    def _hold(self, route):
        if route.request.method == self.method:
            self.routes.append(route)
        else:
            route.continue_()
