"""Template tags of comments and notices."""

from django import template
from django.template import Context

from claims.admin.review import ReviewPage
from claims.models import Comment, Notice
from claims.models.notice import CAP
from claimtrack.models import User, with_role
from claimtrack.roles import Role, role_of

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: Context) -> int | None:
    """Return the number of the user's unread notices up to CAP + 1, None for a user who gets no notices."""
    user = context["request"].user
    return Notice.objects.visible_to(user).unread().capped_count() if role_of(user) >= Role.MODERATOR else None


@register.filter
def up_to_cap(count: int) -> str:
    return str(count) if count <= CAP else f"{CAP}+"


@register.filter
def notice_label(kind: str) -> str:
    return str(Notice.Kind(kind).label)


@register.inclusion_tag("desk/review/comments.html")
def desk_comments(page: ReviewPage) -> dict[str, object]:
    """The comments on a claim, and the form for another one."""
    if not page.moderates:
        return {}
    return {
        "page": page,
        "claim": page.claim,
        "user": page.user,
        "comments": Comment.objects.visible_to(page.user)
        .filter(claim=page.claim)
        .select_related("author")
        .order_by("pk"),
        "typed": page.request.POST.get("comment", ""),
        "problem": page.problems.get("comment", ""),
        "people": [
            _named(person) for person in with_role(Role.MODERATOR).exclude(pk=page.user.pk).order_by("username")
        ],
    }


def _named(person: User) -> dict[str, str]:
    return {"name": person.get_username(), "full": person.get_full_name() or person.public_name}
