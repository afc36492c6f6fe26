import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
# Elsewhere the time-out is a setting of the serving role, because a pooler drops start-up options. The embedded server has one role
# for everything and no pooler in front of it.
if settings.EMBEDDED:
    os.environ.setdefault("PGOPTIONS", f"-c statement_timeout={settings.CLAIMTRACK_STATEMENT_TIMEOUT}s")

application = get_wsgi_application()
