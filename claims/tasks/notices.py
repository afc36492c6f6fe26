from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import notices
from claims.notices import mail
from claimtrack.jobs import periodic, task
from claimtrack.languages import desk_time_zone


@periodic("claims.notices", _("Tell what is due, and send the e-mails that wait"), cron="*/2 * * * *")
def due_and_waiting() -> None:
    now = timezone.now()
    notices.notify_due(timezone.localdate(now, desk_time_zone()))
    mail.send_waiting(now)


@task(mail.TASK, _("Send an e-mail with notices"))
def send(person: int) -> None:
    mail.send_at_once(person)
