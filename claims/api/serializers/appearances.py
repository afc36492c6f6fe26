from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework import serializers

from claims.curating.fields import NewAppearance
from claimtrack.api.serializers import InputSerializer, OptionalCharField, StrictCharField, StrictIntegerField
from claimtrack.models import User
from claimtrack.refusals import Invalid, Message, reason
from sources.models import Article, Snapshot
from sources.pages.canonical import canonical_url
from sources.serializers import ArticleRefSerializer, SnapshotRefSerializer, SourceRefSerializer

PLACES = ("snapshot", "article", "article_url")
MISSING = {
    "snapshot": Message("There is no snapshot %(given)s."),
    "article": Message("There is no article %(given)s."),
    "article_url": Message("There is no article %(given)s."),
}


class PlaceInput(InputSerializer):
    """Where a claim is found: a quote in a snapshot. Name the snapshot, or the article for its current one."""

    snapshot = StrictIntegerField(required=False, help_text="Its id.")
    article = StrictIntegerField(required=False, help_text="Its id.")
    article_url = StrictCharField(required=False, help_text="In any spelling.")
    quote = StrictCharField(help_text="As in the text, apart from typography: the slice of the text is stored.")
    start = StrictIntegerField(
        required=False, allow_null=True, help_text="Which of several: where it begins, in code points."
    )
    prefix = OptionalCharField(help_text="Which of several: what stands before it.")
    suffix = OptionalCharField(help_text="Which of several: what stands after it.")


class AppearanceInput(PlaceInput):
    """Another place where the claim is found."""


def placed(place: Mapping[str, Any], user: User | AnonymousUser, field: str = "") -> NewAppearance:
    """Return an appearance as the verbs take it, with its snapshot if the user may see that. Raises Invalid.

    `field`: the path of the place in the body, with a dot at its end.
    """
    named = [name for name in PLACES if name in place]
    if len(named) != 1:
        raise Invalid("Give exactly one of snapshot, article and article_url.", code="place", field=field + "snapshot")
    [name] = named
    value, visible = place[name], Snapshot.objects.visible_to(user)
    if name == "snapshot":
        snapshot = visible.filter(pk=value).first()
    else:
        articles = Article.objects.filter(**_article(name, value, field + name))
        snapshot = visible.filter(pk__in=articles.values("current_snapshot")).first()
    if snapshot is None:
        raise Invalid(MISSING[name], code="not_found", field=field + name, params={"given": value})
    found = NewAppearance(snapshot=snapshot, quote=place["quote"])
    if "start" in place:
        found["start"] = place["start"]
    if "prefix" in place:
        found["prefix"] = place["prefix"]
    if "suffix" in place:
        found["suffix"] = place["suffix"]
    return found


def _article(name: str, value: Any, field: str) -> dict[str, int | str]:
    if name == "article":
        return {"pk": value}
    try:
        return {"canonical_url": canonical_url(value)}
    except ValueError as error:
        raise Invalid(reason(error), code="url", field=field) from error


class AppearanceSerializer(serializers.Serializer):
    """Where the claim is found. Offsets count Unicode code points of the snapshot's text, 0-based, end exclusive."""

    id = serializers.IntegerField()
    quote = serializers.CharField(help_text="The exact slice of the snapshot's text from start to end.")
    start = serializers.IntegerField(source="start_offset")
    end = serializers.IntegerField(source="end_offset")
    prefix = serializers.CharField(help_text="What stands before the quote: at most 100 code points.")
    suffix = serializers.CharField(help_text="What stands after the quote: at most 100 code points.")
    snapshot = SnapshotRefSerializer()
    article = ArticleRefSerializer(source="snapshot.article")
    source = SourceRefSerializer(source="snapshot.article")
