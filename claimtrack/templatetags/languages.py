"""Template tags for the languages of the program."""

from django import template
from django.urls import reverse

from claimtrack import __version__, languages
from claimtrack.refusals import Message, Refused

register = template.Library()


@register.simple_tag
def catalog(language: str) -> str:
    """The address of the sentences of the desk's scripts in this language."""
    return reverse("catalog", args=[language, __version__])


@register.filter
def translated(said: Refused | Message) -> str:
    """A refusal, or a label or warning of a module without Django, in the active language."""
    return languages.translated(said)
