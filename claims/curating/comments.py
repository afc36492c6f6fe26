"""Comments on claims, which Moderators and Editors write and read."""

from django.db.models.functions import Now

from claims import notices
from claims.curating.claims import locked
from claims.models import Claim, Comment
from claims.text.mentions import mentions
from claimtrack.cleaning import clean_text
from claimtrack.db.attribution import verb
from claimtrack.models import User, with_role
from claimtrack.refusals import Conflict, NotAllowed
from claimtrack.roles import Role, require

MAX_COMMENT = 5_000


@verb
def comment(*, claim: Claim, by: User, text: str) -> Comment:
    """Comment on a claim, and notify those whom the text mentions and whom the claim concerns.

    Raises NotAllowed, Invalid (required, too_long, bad_character), Conflict `merged`.
    """
    require(by, Role.MODERATOR, "You may not comment on claims: this takes a Moderator.")
    text = clean_text(text, "text", limit=MAX_COMMENT, required=True)
    row = Comment.objects.create(claim=locked(claim, None), author=by, text=text)
    people, _ = mentioned(text)
    notices.commented(row, people)
    return row


@verb
def withdraw_comment(*, comment: Comment, by: User) -> Comment:
    """Remove the text of one's own comment. The row stays. Raises NotAllowed, Conflict `withdrawn`."""
    require(by, Role.MODERATOR, "You may not comment on claims: this takes a Moderator.")
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if row.author_id != by.pk:
        raise NotAllowed("Only its author withdraws a comment.", code="not_author")
    if row.withdrawn_at:
        raise Conflict("This comment is withdrawn already.", code="withdrawn")
    Comment.objects.filter(pk=row.pk).update(text="", withdrawn_at=Now())
    row.refresh_from_db()
    return row


def mentioned(text: str) -> tuple[list[User], list[str]]:
    """Return the people whom a text mentions, and the names of nobody who may read comments. Case does not matter."""
    found = mentions(text)
    if not found:
        return [], []
    people = {person.get_username().lower(): person for person in with_role(Role.MODERATOR)}
    named: dict[int, User] = {}
    unknown = []
    for readings in found:
        person = next((people[name.lower()] for name in readings if name.lower() in people), None)
        if person:
            named[person.pk] = person
        else:
            unknown.append(readings[-1])
    return list(named.values()), unknown
