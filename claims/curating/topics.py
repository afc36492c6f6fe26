from django.utils.text import slugify

from claims.curating import shelf_life
from claims.models import ClaimTopic, Topic
from claims.models.topic import MAX_DAYS
from claimtrack.cleaning import clean_line
from claimtrack.db.attribution import verb
from claimtrack.models import User
from claimtrack.refusals import Amount, Conflict, Invalid
from claimtrack.roles import Role, require

MAX_NAME = 200


@verb
def create_topic(*, by: User, name: str, slug: str = "") -> Topic:
    """Make a topic; the slug follows from the name unless it is given. Raises Conflict when the slug is taken."""
    require(by, Role.CONTRIBUTOR, "You may not create topics: this takes a Contributor.")
    name = clean_line(name, "name", limit=MAX_NAME, required=True)
    clean_line(slug, "slug", limit=MAX_NAME)
    slug = slugify(slug or name)[:MAX_NAME]
    if not slug:
        raise Invalid("Give a slug of Latin letters, digits and hyphens.", code="required", field="slug")
    if Topic.objects.filter(slug=slug).exists():
        raise Conflict("There is already a topic “%(slug)s”.", code="duplicate", field="slug", params={"slug": slug})
    return Topic.objects.create(name=name, slug=slug)


@verb
def review_topic_after(*, topic: Topic, by: User, days: int | None) -> None:
    """Set after how many days verdicts on claims about this topic are looked at again, or None for never.

    Verdicts in force get the day that follows, except those whose day was given by hand. Raises NotAllowed, Invalid.
    """
    require(by, Role.EDITOR, "You may not say when verdicts are looked at again: this takes an Editor.")
    if days is not None and not 1 <= days <= MAX_DAYS:
        raise Invalid("Between 1 and %(limit)s days.", field="review_after", params={"limit": Amount(MAX_DAYS)})
    Topic.objects.filter(pk=topic.pk).update(review_after=days)
    shelf_life.follow_topics(list(ClaimTopic.objects.filter(topic=topic).values_list("claim", flat=True)))
    topic.review_after = days
