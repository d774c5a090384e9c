"""The project: settings, addresses, the server, the page cache, security and health."""
