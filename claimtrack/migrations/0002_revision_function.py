from django.db import migrations

from claimtrack.revision import FUNCTION


class Migration(migrations.Migration):
    dependencies = [("claimtrack", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION claimtrack_raise_revision")]
