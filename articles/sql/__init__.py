"""Database helpers that know no noun: paging by key, bulk inserts, ranges of ids, queries that are compiled once."""
