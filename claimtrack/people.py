"""The verbs by which administrators add people to the desk and change what they may do.

An administrator is a superuser, who may do what an Editor may and also administers people. A trigger on users guarantees that there is
always one (claimtrack.models.User); the check here refuses earlier and with a better sentence.
"""

from typing import TypedDict, Unpack

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from claimtrack.cleaning import clean_line
from claimtrack.db.attribution import verb
from claimtrack.models import User, role_of_groups
from claimtrack.refusals import Conflict, Invalid, NotAllowed
from claimtrack.roles import Role


class Access(TextChoices):
    """What a person may do at the desk: nothing, what a role may, or everything."""

    NONE = "none", _("No access")
    CONTRIBUTOR = "contributor", _("Contributor")
    MODERATOR = "moderator", _("Moderator")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")

    @classmethod
    def of(cls, person: User) -> "Access":
        """Return the access of a person, whether active or not. Reads `groups`, which may be prefetched."""
        if person.is_superuser:
            return cls.ADMINISTRATOR
        return cls[role_of_groups(group.name for group in person.groups.all()).name]


class PersonFields(TypedDict, total=False):
    username: str
    public_name: str
    email: str
    access: Access
    active: bool


def administrators() -> QuerySet[User]:
    """Return those who can sign in and look after people."""
    return User.objects.filter(is_active=True, is_staff=True, is_superuser=True)


@verb
def add_person(*, by: User, password: str | None, **given: Unpack[PersonFields]) -> User:
    """Make an account that can be used at once. Without a password, its owner needs another way to sign in.

    Raises NotAllowed, Invalid and Conflict.
    """
    _require_administrator(by)
    person = User()
    _fill(person, {"username": "", **given})
    if password is not None:
        _check_password(password, person)
    person.set_password(password)
    person.save()
    _give(person, given.get("access", Access.NONE))
    return person


@verb
def edit_person(*, by: User, person: User, **changed: Unpack[PersonFields]) -> User:
    """Change an account, also what its owner may do. Raises NotAllowed, Invalid and Conflict.

    Nobody is deleted, because the ledger names them: `active=False` signs them out for good.
    """
    _require_administrator(by)
    person = User.objects.select_for_update().get(pk=person.pk)
    access = changed.get("access", Access.of(person))
    stays = access is Access.ADMINISTRATOR and changed.get("active", person.is_active)
    if not stays and administrators().filter(pk=person.pk).exists() and administrators().count() == 1:
        raise Conflict(
            "This is the last administrator: make somebody else an administrator first.",
            code="last_administrator",
            field="access" if access is not Access.ADMINISTRATOR else "active",
        )
    _fill(person, changed)
    person.save()
    if "access" in changed:
        _give(person, access)
    return person


def put_in_role(person: User, role: Role) -> None:
    """Make this the person's only role, without which only superusers may use the desk."""
    roles = [role.group for role in Role if role]
    person.groups.remove(*Group.objects.filter(name__in=roles).exclude(name=role.group))
    if role:
        person.groups.add(Group.objects.get(name=role.group))
    person.is_staff = bool(role) or person.is_superuser
    person.save(update_fields=["is_staff"])


def _give(person: User, access: Access) -> None:
    """Set the groups. An administrator keeps the former role, which counts again when they stop being one."""
    if access is Access.ADMINISTRATOR:
        person.is_superuser = person.is_staff = True
        person.save(update_fields=["is_superuser", "is_staff"])
        return
    if person.is_superuser:
        person.is_superuser = False
        person.save(update_fields=["is_superuser"])
    put_in_role(person, Role[access.name])


def _fill(person: User, given: PersonFields) -> None:
    if "username" in given:
        person.username = _username(given["username"], person)
    if "public_name" in given:
        person.public_name = clean_line(given["public_name"], "public_name", limit=200)
    if "email" in given:
        person.email = _email(given["email"], person)
    if "active" in given:
        person.is_active = given["active"]


def _username(value: str, person: User) -> str:
    name = User.normalize_username(clean_line(value, "username", limit=150, required=True))
    try:
        person._meta.get_field("username").run_validators(name)
    except ValidationError as error:
        raise _told(error, "username") from error
    if User.objects.filter(username=name).exclude(pk=person.pk).exists():
        raise Conflict("Somebody else has this name.", code="name_taken", field="username")
    return name


def _email(value: str, person: User) -> str:
    email = User.objects.normalize_email(clean_line(value, "email", limit=254))
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise _told(error, "email") from error
    # Two accounts with one address could neither reset a password nor be joined by single sign-on.
    if User.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise Conflict("Somebody else has this e-mail address.", code="email_taken", field="email")
    return email


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise _told(error, "password") from error


def _told(error: ValidationError, field: str) -> Invalid:
    """Return the refusal for an error of Django's own validators, in the active language."""
    return Invalid("%(sentences)s", code=f"bad_{field}", field=field, params={"sentences": " ".join(error.messages)})


def _require_administrator(by: User) -> None:
    if not (by.is_active and by.is_superuser):
        raise NotAllowed("You may not change people: this takes an administrator.")
