"""Counts are in Redis where there is one, else in the database."""

from newsroom.shared_cache import shared_cache


def test_redis_is_used_at_its_address():
    setting = shared_cache("redis://127.0.0.1:6379/1")
    assert setting["BACKEND"].endswith(".RedisCache")
    assert setting["LOCATION"] == "redis://127.0.0.1:6379/1"


def test_without_redis_the_database_holds_a_bounded_number():
    setting = shared_cache("")
    assert setting["BACKEND"].endswith(".DatabaseCache")
    assert setting["OPTIONS"]["MAX_ENTRIES"] >= 10_000
