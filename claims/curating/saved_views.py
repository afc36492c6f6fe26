"""Save and remove views of the queue."""

from claims.models import SavedView
from claimtrack.cleaning import clean_line
from claimtrack.models import User
from claimtrack.refusals import Conflict, Invalid
from claimtrack.roles import Role, require

MAX_VIEWS = 30  # of one person
MAX_NAME = 100
MAX_QUERY = 2000


def save_view(*, by: User, name: str, query: str, shared: bool = False) -> SavedView:
    """Save the view with this query string. `shared` shows it to the whole desk, which takes a Moderator.

    Raises NotAllowed, Invalid (required, too_long, too_many), and Conflict (duplicate) for a name that this person has used.
    """
    require(by, Role.CONTRIBUTOR, "You may not save views: this takes a Contributor.")
    if shared:
        require(by, Role.MODERATOR, "You may not share views: this takes a Moderator.")
    name = clean_line(name, "name", limit=MAX_NAME, required=True)
    query = clean_line(query, "query", limit=MAX_QUERY, required=True)
    mine = SavedView.objects.filter(owner=by)
    if mine.filter(name=name).exists():
        raise Conflict(
            "You have a view of this name: remove it, or choose another name.", code="duplicate", field="name"
        )
    if mine.count() >= MAX_VIEWS:
        raise Invalid(
            "You have %(limit)s views: remove one first.", code="too_many", field="name", params={"limit": MAX_VIEWS}
        )
    return SavedView.objects.create(owner=by, name=name, query=query, shared=shared)


def remove_view(*, by: User, view: SavedView) -> None:
    """Remove a view of one's own, or as an Editor one that is shared. Raises NotAllowed."""
    if view.owner_id != by.pk:
        require(by, Role.EDITOR, "You may not remove this view: this takes an Editor.")
    view.delete()
