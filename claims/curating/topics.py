from django.utils.text import slugify

from claims.models import Topic
from claimtrack.cleaning import clean_line
from claimtrack.db.attribution import acting
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, require

MAX_NAME = 200


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
    with acting(by):
        return Topic.objects.create(name=name, slug=slug)
