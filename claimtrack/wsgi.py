import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
# Of what is served alone: a migration or an import may take its time.
os.environ.setdefault("PGOPTIONS", f"-c statement_timeout={settings.CLAIMTRACK_STATEMENT_TIMEOUT}s")

application = get_wsgi_application()
