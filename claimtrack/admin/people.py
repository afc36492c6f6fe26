"""People in the admin: who may use the desk, and what each may do. Only administrators see these pages."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import password_validators_help_text_html, password_validators_help_texts
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimtrack import people
from claimtrack.admin.base import DeskAdmin
from claimtrack.admin.lists import Choice, Options
from claimtrack.languages import translated
from claimtrack.models import JOBS_ACCOUNT, User
from claimtrack.people import Access
from claimtrack.refusals import Refused
from claimtrack.roles import Role, signed_in

# Roles are given to people here. Their groups and permissions are not for editing (claims.defaults).
admin.site.unregister(Group)

FACTORS = {
    Authenticator.Type.TOTP.value: gettext_lazy("Authenticator app"),
    Authenticator.Type.WEBAUTHN.value: gettext_lazy("Passkey"),
}


FIELDS = ("username", "public_name", "email")


class AccessFilter(Choice):
    names = ("access",)
    title = gettext_lazy("role")

    def options(self) -> Options:
        return Access.choices

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        access = Access(value)
        if access is Access.ADMINISTRATOR:
            return rows.filter(is_superuser=True)
        above = [role.group for role in Role if role > Role[access.name]]
        rows = rows.filter(is_superuser=False).exclude(groups__name__in=above)
        return rows if access is Access.NONE else rows.filter(groups__name=Role[access.name].group)


class ActiveFilter(Choice):
    names = ("active",)
    title = gettext_lazy("active")

    def options(self) -> Options:
        return [("yes", _("Active")), ("no", _("Deactivated"))]

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(is_active=value == "yes")


class FactorFilter(Choice):
    names = ("factor",)
    title = gettext_lazy("second factor")

    def options(self) -> Options:
        return [("yes", _("With a second factor")), ("no", _("Without a second factor"))]

    def by(self, rows: QuerySet, value: str) -> QuerySet:
        having = Authenticator.objects.filter(type__in=FACTORS).values("user")
        return rows.filter(pk__in=having) if value == "yes" else rows.exclude(pk__in=having)


class PersonForm(forms.ModelForm):
    """A person. Its validation runs the verbs, whose refusals become errors of the fields."""

    username = forms.CharField(label=gettext_lazy("Name to sign in with"))
    public_name = forms.CharField(
        required=False, label=gettext_lazy("Public name"), help_text=User._meta.get_field("public_name").help_text
    )
    email = forms.CharField(required=False, label=gettext_lazy("E-mail address"), widget=forms.EmailInput)
    access = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Access,
        help_text=gettext_lazy(
            "A Contributor proposes claims, a Moderator checks them, an Editor also corrects, withdraws and merges. "
            "An Administrator may do what an Editor may, and looks after people."
        ),
    )
    by: User

    class Meta:
        model = User
        fields = FIELDS

    def _post_clean(self) -> None:
        """Run the verb instead of validating the instance, in a savepoint that a refusal rolls back."""
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.instance = self._run()
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, translated(refusal))

    def _run(self) -> User:
        raise NotImplementedError

    def _given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**{name: data[name] for name in FIELDS}, "access": Access(data["access"])}

    def save(self, commit: bool = True) -> User:
        """Save nothing: the verb has done it."""
        return self.instance

    def save_m2m(self) -> None:
        """Save nothing: the verb has done it."""


class NewPersonForm(PersonForm):
    password = forms.CharField(
        label=gettext_lazy("First password"),
        strip=False,
        error_messages={"required": gettext_lazy("Give a first password, so that this person can sign in.")},
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("access", Access.CONTRIBUTOR)
        # Single sign-on is another way in.
        self.fields["password"].required = not settings.CLAIMTRACK_OIDC_ISSUER

    def clean_password(self) -> str | None:
        return self.cleaned_data["password"] or None

    def _run(self) -> User:
        return people.add_person(by=self.by, password=self.cleaned_data["password"], **self._given())


class KnownPersonForm(PersonForm):
    active = forms.BooleanField(
        required=False,
        label=gettext_lazy("Active"),
        help_text=gettext_lazy(
            "People are deactivated, never deleted, because the ledger names them. "
            "Whoever is deactivated cannot sign in, and has no claims any more."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(access=Access.of(self.instance), active=self.instance.is_active)
        if self.instance.socialaccount_set.exists():
            self.fields["access"].help_text = _(
                "This person signs in by single sign-on: at each sign-in, their groups there decide the role anew, "
                "except that of an Administrator."
            )

    def _run(self) -> User:
        return people.edit_person(
            by=self.by,
            person=User.objects.get(pk=self.instance.pk),
            active=self.cleaned_data["active"],
            **self._given(),
        )


class PasswordForm(AdminPasswordChangeForm):
    """A new password for somebody. Django's form can also take the only way in from a person, such as the last administrator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())


@admin.register(User)
class PersonAdmin(DeskAdmin, UserAdmin):
    """Django's pages for users, without raw groups and permissions."""

    form = KnownPersonForm
    add_form = NewPersonForm
    add_form_template = change_form_template = "admin/claimtrack/user/change_form.html"
    change_password_form = PasswordForm
    heading = gettext_lazy("People")
    lead = gettext_lazy("Who may use the desk, and what each may do.")
    add_label = gettext_lazy("Add a person")
    list_display = ["username", "public_name", "email", "access", "state", "factors", "last_seen"]
    list_filter = [AccessFilter, ActiveFilter, FactorFilter]
    search_fields = ["username", "public_name", "email"]
    search_help_text = gettext_lazy("Any word of a name, or an e-mail address")
    ordering = ["-is_active", "username"]
    actions = None
    filter_horizontal = []
    readonly_fields = ["signs_in", "factors_here", "last_seen"]
    fieldsets = [
        (None, {"fields": ["username", "public_name", "email", "access", "active"]}),
        (gettext_lazy("Signing in"), {"fields": ["signs_in", "factors_here", "last_seen"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "public_name", "email", "access", "password"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        factors = Authenticator.objects.filter(type__in=FACTORS).order_by("pk")
        people = User.objects.exclude(username=JOBS_ACCOUNT)
        return people.prefetch_related("groups", Prefetch("authenticator_set", factors, to_attr="own_factors"))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = signed_in(request.user)
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save nothing: the verb of the form has done it."""

    def save_related(self, *args: object, **kwargs: object) -> None:
        """Save nothing: the verb of the form has done it."""

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _("Added: %(person)s can sign in now.") % {"person": obj})
        return self.response_post_save_add(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("role"))
    def access(self, person: User) -> str:
        return str(Access.of(person).label)

    @admin.display(description=gettext_lazy("active"))
    def state(self, person: User) -> str:
        if person.is_active and person.is_staff:
            return _("Active")
        words = _("Cannot use the desk") if person.is_active else _("Deactivated")
        return format_html('<span class="flag">{}</span>', words)

    @admin.display(description=gettext_lazy("second factor"))
    def factors(self, person: Any) -> str:
        kinds = dict.fromkeys(FACTORS[factor.type] for factor in person.own_factors)
        if kinds:
            return ", ".join(map(str, kinds))
        if settings.CLAIMTRACK_REQUIRE_MFA:
            return format_html('<span class="flag">{}</span>', _("None yet"))
        return _("None")

    @admin.display(description=gettext_lazy("last sign-in"))
    def last_seen(self, person: User) -> str:
        if person.last_login is None:
            return _("Never")
        return date_format(timezone.localtime(person.last_login), "DATETIME_FORMAT")

    @admin.display(description=gettext_lazy("signs in with"))
    def signs_in(self, person: User) -> str:
        ways = [_("single sign-on")] if SocialAccount.objects.filter(user=person).exists() else []
        if person.has_usable_password():
            ways.insert(0, _("a password"))
        address = reverse("admin:auth_user_password_change", args=[person.pk])
        label = _("Set a new password") if person.has_usable_password() else _("Give a password")
        return format_html('{} · <a href="{}">{}</a>', ", ".join(ways) or _("nothing yet"), address, label)

    @admin.display(description=gettext_lazy("second factor"))
    def factors_here(self, person: Any) -> str:
        """List the factors, each with a link to remove it if the person has lost it."""
        rows = [
            (FACTORS[factor.type], reverse("admin:mfa_authenticator_delete", args=[factor.pk]), _("Remove"))
            for factor in person.own_factors
        ]
        return format_html_join(", ", '{} (<a href="{}">{}</a>)', rows) or _("None")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        for word in search_term.split()[:10]:
            found = Q(username__icontains=word) | Q(public_name__icontains=word) | Q(email__icontains=word)
            queryset = queryset.filter(found)
        return queryset, False
