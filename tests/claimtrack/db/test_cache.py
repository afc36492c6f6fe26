"""The cache in PostgreSQL, which counts attempts to sign in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection

from claimtrack.models import CacheEntry

pytestmark = pytest.mark.django_db


def test_it_works():
    assert cache.get("tries") is None
    assert cache.add("tries", [1.5, 2.5], 60)
    assert not cache.add("tries", "another", 60)
    assert cache.get("tries") == [1.5, 2.5]
    cache.set("tries", {"n": 3})
    assert cache.get("tries") == {"n": 3}
    assert cache.delete("tries")
    assert not cache.delete("tries")
    assert cache.get("tries", "none") == "none"
    cache.set("tries", 1)
    cache.clear()
    assert not CacheEntry.objects.exists()


def test_what_has_ended_is_gone_and_can_be_taken_anew():
    cache.set("code", "old", -1)
    assert cache.get("code") is None
    assert cache.add("code", "new", 60)
    assert cache.get("code") == "new"


def test_what_has_ended_is_removed_by_the_next_write():
    cache.set("old", 1, -1)
    cache.add("new", 1, 60)
    assert [entry.key for entry in CacheEntry.objects.all()] == [":1:new"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", [None, -1], ids=["new", "ended"])
def test_of_many_at_once_one_gets_it(before):
    if before:
        cache.set("lock", 0, before)

    def take(number):
        try:
            return cache.add("lock", number, 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        taken = list(threads.map(take, range(20)))
    assert taken.count(True) == 1
    assert cache.get("lock") == taken.index(True)
