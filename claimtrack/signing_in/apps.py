from allauth.account.apps import AccountConfig
from django.apps import AppConfig


class SigningInConfig(AppConfig):
    """Must be the last app, so that its admin is loaded after allauth's."""

    name = "claimtrack.signing_in"
    default = True


class DeskAccountConfig(AccountConfig):
    """Replaces allauth's own, which requires its middleware. claimtrack.signing_in.middleware runs that for the desk only."""

    def ready(self) -> None:
        from allauth.account import checks  # noqa: F401 - registers them
