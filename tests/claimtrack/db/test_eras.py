"""When a new era begins. tests/test_restore.py restores real dumps."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models.functions import Now

from claimtrack.db import revision
from claimtrack.models import Era
from sources.models import Source
from tests.factories import make_source
from tests.psql import value

pytestmark = pytest.mark.django_db(transaction=True)


def rename():
    Source.objects.update(name=Now())
    connection.close()


def test_changes_of_one_life_are_of_one_era():
    make_source()
    before = revision.current()
    rename()
    rename()
    assert Era.objects.get().life == value("SELECT claimtrack_life()")
    assert revision.current() == before + 2


def test_the_first_change_of_another_life_begins_an_era():
    make_source()
    before = revision.current()
    Era.objects.update(life="another cluster")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: rename(), range(8)))
    assert list(Era.objects.order_by("pk").values_list("pk", flat=True)) == [0, 1], "once, by whichever came first"
    assert revision.current() > before + 1000, "farther than the changes of a life that was lost"


def test_an_era_can_be_begun_by_hand():
    make_source()
    before = revision.current()
    assert value("SELECT claimtrack_begin_era()") == 1
    assert revision.current() > before
    rename()
    assert Era.objects.count() == 2
