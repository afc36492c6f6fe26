"""Template tags for the languages of the program."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from claimtrack import __version__, languages
from claimtrack.refusals import Refused

register = template.Library()


@register.simple_tag
def catalog(language: str) -> str:
    """The address of the sentences of the desk's scripts in this language."""
    return reverse("catalog", args=[language, __version__])


@register.filter
def translated(said: Refused | str) -> str:
    """A refusal, or a label that a module without Django holds (roles, statuses, steps), in the active language."""
    return languages.translated(said) if isinstance(said, Refused) else gettext(said)
