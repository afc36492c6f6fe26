from django.apps import AppConfig


class ClaimtrackConfig(AppConfig):
    name = "claimtrack"
    default_auto_field = "django.db.models.BigAutoField"
