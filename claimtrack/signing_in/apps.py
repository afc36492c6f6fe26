from django.apps import AppConfig


class SigningInConfig(AppConfig):
    """Must be the last app, so that its admin is loaded after allauth's."""

    name = "claimtrack.signing_in"
