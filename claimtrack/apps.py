from django.apps import AppConfig


class ClaimtrackConfig(AppConfig):
    name = "claimtrack"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from claimtrack import checks  # noqa: F401 - registers them
