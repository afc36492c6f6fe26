"""/verdicts/: what the steps of the scale mean. /topics/: what claims are about."""

from rest_framework.request import Request

from claims.models import Topic, Verdict
from claims.pages.page import EVERYBODY, Page
from claimtrack.api.conditional import Answer, conditional
from claimtrack.db import revision

# Further topics are found through their claims.
MOST = 1_000


class WordsPage(Page):
    @conditional
    def verdicts(self, request: Request) -> Answer:
        number = revision.current()
        steps = list(Verdict.objects.all())
        context = {
            "on_scale": [step for step in steps if step.value],
            "off_scale": [step for step in steps if not step.value],
        }
        return self.page("pages/verdicts.html", context), number

    @conditional
    def topics(self, request: Request) -> Answer:
        number = revision.current()
        topics = Topic.objects.visible_to(EVERYBODY).order_by("name", "pk")[:MOST]
        return self.page("pages/topics.html", {"topics": topics}), number
