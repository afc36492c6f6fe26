from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from claims.defaults import ensure_desk
        from claims.proof.sealing import snapshot_archived
        from sources.ingesting.filing import archived

        # Not in a migration: permissions do not exist yet while one runs, and a flushed test database needs it again.
        post_migrate.connect(ensure_desk, sender=self, dispatch_uid="claims.ensure_desk")
        archived.connect(snapshot_archived, dispatch_uid="claims.snapshot_archived")
