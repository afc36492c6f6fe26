from allauth.account.apps import AccountConfig
from django.apps import AppConfig


class SigningInConfig(AppConfig):
    """The last of the apps, so that its admin comes after allauth's."""

    name = "claimtrack.signing_in"
    default = True


class DeskAccountConfig(AccountConfig):
    """allauth's own demands its middleware for every request. Here claimtrack.signing_in.middleware runs it for the desk."""

    def ready(self) -> None:
        from allauth.account import checks  # noqa: F401 - registers them
