"""The benchmark: what a reader's page costs, on the production server, measured by `make bench`."""
