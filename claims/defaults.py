"""The defaults of a new desk: the groups of the roles with their permissions, and the scale of verdicts."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from claims.models import Verdict
from claimtrack.roles import Role

SCALE = (
    ("true", "True", 5, "Accurate, and nothing significant is missing."),
    ("mostly_true", "Mostly true", 4, "Accurate, but needs clarification or more information."),
    ("half_true", "Half true", 3, "Partly accurate; leaves out or distorts what matters."),
    ("mostly_false", "Mostly false", 2, "Holds an element of truth, but ignores facts that change the picture."),
    ("false", "False", 1, "Not accurate."),
    ("misleading", "Misleading", None, "Accurate in the letter, and leads to a wrong conclusion."),
    ("unverifiable", "Unverifiable", None, "Neither shown nor refuted by any evidence that can be had."),
    ("satire", "Satire", None, "Not meant as a statement of fact."),
)
# The same labels in the other languages of the program, in the order of the scale.
LABELS = {
    "de": (
        "Richtig", "Größtenteils richtig", "Teilweise richtig", "Größtenteils falsch",
        "Falsch", "Irreführend", "Unbelegbar", "Satire",
    ),
    "fr": (
        "Vrai", "Plutôt vrai", "À moitié vrai", "Plutôt faux",
        "Faux", "Trompeur", "Invérifiable", "Satire",
    ),
    "es": (
        "Verdadero", "Mayormente verdadero", "Verdad a medias", "Mayormente falso",
        "Falso", "Engañoso", "Inverificable", "Sátira",
    ),
    "ar": (
        "صحيح", "صحيح في معظمه", "نصف صحيح", "خاطئ في معظمه",
        "خاطئ", "مضلل", "يتعذر التحقق منه", "ساخر",
    ),
}  # fmt: skip

APPS = ("sources", "claims")

# Which stock permissions each role adds to the one below it. They open pages of the admin; what may be done there, the verbs
# decide.
PERMISSIONS = {
    Role.CONTRIBUTOR: {
        "view": (
            "source",
            "domain",
            "article",
            "snapshot",
            "fetch",
            "speaker",
            "alias",
            "topic",
            "verdict",
            "claim",
            "appearance",
            "externalreview",
        ),
        "add": ("article", "speaker", "topic", "claim"),
        "change": ("claim",),
    },
    Role.MODERATOR: {
        "view": (
            "review",
            "evidence",
            "draft",
            "takeover",
            "request",
            "suggestion",
            "sourcechange",
            "sourcedecision",
            "reading",
            "inquiry",
            "merge",
            "distinct",
            "rationaletemplate",
        ),
        "add": ("source", "domain", "alias", "appearance"),
        "change": ("source", "domain", "article", "speaker", "alias", "topic", "appearance"),
        "delete": ("domain", "alias"),
    },
    Role.EDITOR: {
        "view": ("webhook",),
        "add": ("verdict", "rationaletemplate", "webhook"),
        "change": ("verdict", "merge", "rationaletemplate", "webhook"),
        "delete": ("verdict", "topic", "rationaletemplate", "webhook"),
    },
}


def ensure_desk(**_signal: object) -> None:
    """Create missing groups and the scale, and give each group its permissions. Running it again changes nothing.

    A scale that a desk has changed stays as it is.
    """
    with transaction.atomic():
        for label in APPS:
            # Django creates permissions in a post_migrate handler too, which may run after this one.
            create_permissions(apps.get_app_config(label), verbosity=0)
        wanted: set[Permission] = set()
        for role, actions in PERMISSIONS.items():
            group, _ = Group.objects.get_or_create(name=role.group)
            for action, models in actions.items():
                codenames = [f"{action}_{model}" for model in models]
                wanted |= set(Permission.objects.filter(content_type__app_label__in=APPS, codename__in=codenames))
            group.permissions.set(wanted)
        if not Verdict.objects.exists():
            Verdict.objects.bulk_create(
                Verdict(
                    code=code,
                    label=label,
                    labels={language: labels[position] for language, labels in LABELS.items()},
                    value=value,
                    description=description,
                    position=position,
                )
                for position, (code, label, value, description) in enumerate(SCALE)
            )
