from django.utils.translation import gettext_lazy as _

from claimtrack.jobs import periodic, task
from sources.ingesting import fetches


@task(fetches.TASK, _("Fetch a page"))
def fetch(fetch: int) -> None:
    fetches.run(fetch)


@periodic("sources.fetches", _("Close fetches that nothing fetches any more, and delete old ones"), cron="*/10 * * * *")
def clean_up() -> None:
    fetches.clean_up()
