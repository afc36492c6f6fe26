import claimtrack.db.guards
import claimtrack.db.languages
import claimtrack.db.names
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from claimtrack.db.operations import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('claimtrack', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Domain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(help_text='Lower case, IDNA, without a leading www.', max_length=253, unique=True, verbose_name='host')),
            ],
            options={
                'verbose_name': 'domain',
                'verbose_name_plural': 'domains',
            },
        ),
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='With the port, if there is one.', max_length=300, unique=True, verbose_name='name')),
                ('free_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='free at')),
                ('rules', models.TextField(help_text='Its robots.txt; null if it could not be read.', null=True, verbose_name='rules')),
                ('rules_at', models.DateTimeField(null=True, verbose_name='rules at')),
                ('delay', models.FloatField(default=0, help_text='Seconds between requests that the rules ask for.', verbose_name='delay')),
            ],
            options={
                'verbose_name': 'host',
                'verbose_name_plural': 'hosts',
            },
        ),
        migrations.CreateModel(
            name='SourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=300, validators=[claimtrack.db.names.validate_form], verbose_name='name')),
                ('key', claimtrack.db.names.IdentityField(editable=False, max_length=600)),
                ('folded', claimtrack.db.names.FoldedField(editable=False, max_length=600)),
                ('kind', models.CharField(choices=[('newspaper', 'Newspaper or magazine'), ('broadcaster', 'Broadcaster'), ('agency', 'News agency'), ('government', 'Government body'), ('platform', 'Online platform'), ('other', 'Other')], default='other', max_length=20, verbose_name='kind')),
                ('homepage', models.URLField(blank=True, max_length=2000, verbose_name='homepage')),
                ('country', models.CharField(blank=True, help_text='ISO 3166-1 alpha-2, upper case.', max_length=2, verbose_name='country')),
                ('language', claimtrack.db.languages.LanguageField(blank=True, help_text='BCP 47, for example en or pt-BR.', max_length=35, verbose_name='language')),
                ('notes', models.TextField(blank=True, help_text='For the desk; never public.', verbose_name='notes')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=1000, verbose_name='title')),
                ('url', models.CharField(blank=True, help_text='Where readers find it.', max_length=2000, verbose_name='URL')),
                ('canonical_url', models.CharField(help_text='For comparing addresses.', max_length=2000, null=True, unique=True, verbose_name='canonical URL')),
                ('first_sha256', models.CharField(editable=False, help_text='Of its first text: with the source, the key of an article without URL.', max_length=64, verbose_name='SHA-256 of the first text')),
                ('byline', models.CharField(blank=True, max_length=1000, verbose_name='byline')),
                ('language', claimtrack.db.languages.LanguageField(blank=True, max_length=35, verbose_name='language')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('published_precision', models.CharField(blank=True, choices=[('second', 'to the second'), ('day', 'to the day')], max_length=6, verbose_name='published precision')),
                ('seen_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, help_text='When its current text was last seen.', verbose_name='seen at')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='text')),
                ('sha256', models.CharField(help_text='Of the text in UTF-8, hexadecimal.', max_length=64, verbose_name='SHA-256')),
                ('taken_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='taken at')),
                ('method', models.CharField(choices=[('fetched', 'Fetched by the desk'), ('html', 'Extracted from HTML that was handed in'), ('text', 'Text that was handed in')], max_length=7, verbose_name='method')),
                ('extractor', models.CharField(blank=True, max_length=100, verbose_name='extractor')),
                ('extractor_version', models.CharField(blank=True, max_length=50, verbose_name='extractor version')),
                ('final_url', models.CharField(blank=True, help_text='After redirects.', max_length=2000, verbose_name='final URL')),
                ('archive_url', models.CharField(blank=True, help_text='May be set once.', max_length=2000, null=True, verbose_name='archive URL')),
                ('article', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='sources.article', verbose_name='article')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken by')),
            ],
            options={
                'verbose_name': 'snapshot',
                'verbose_name_plural': 'snapshots',
            },
        ),
        migrations.CreateModel(
            name='RedactionProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ranges', models.JSONField(verbose_name='ranges')),
                ('reason', models.TextField(verbose_name='reason')),
                ('order', models.CharField(max_length=300, verbose_name='order')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='snapshot')),
            ],
            options={
                'verbose_name': 'proposed redaction',
                'verbose_name_plural': 'proposed redactions',
            },
        ),
        migrations.CreateModel(
            name='RedactedSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ranges', models.JSONField(help_text='Start and length of each, in code points.', verbose_name='ranges')),
                ('original', models.CharField(help_text='Keyed hash of the SHA-256 of the text as it was.', max_length=64, verbose_name='original')),
                ('sha256', models.CharField(help_text='Of the text as it is now.', max_length=64, verbose_name='SHA-256')),
                ('removed', models.JSONField(help_text='Of each passage, the number of its letters and digits, and their keyed hash.', verbose_name='removed')),
                ('key', models.CharField(help_text='Which key made the hashes.', max_length=16, verbose_name='key')),
                ('redaction', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='claimtrack.redaction', verbose_name='redaction')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='sources.snapshot', verbose_name='snapshot')),
            ],
            options={
                'verbose_name': 'redacted snapshot',
                'verbose_name_plural': 'redacted snapshots',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(help_text='As it is requested.', max_length=2000, verbose_name='URL')),
                ('due_at', models.DateTimeField(help_text='Null: it is not read again.', null=True, verbose_name='due at')),
                ('times', models.PositiveIntegerField(default=0, help_text='In a row that it was as before.', verbose_name='times')),
                ('read_at', models.DateTimeField(help_text='The last time that it was asked for.', null=True, verbose_name='read at')),
                ('outcome', models.CharField(blank=True, choices=[('', 'Not read again yet'), ('unchanged', 'As it was'), ('changed', 'Changed'), ('there', 'Still there'), ('gone', 'Gone'), ('moved', 'Moved'), ('forbidden', 'Forbidden by robots.txt'), ('no_rules', 'Not read: robots.txt cannot be read'), ('failed', 'Not reached')], max_length=9, verbose_name='outcome')),
                ('code', models.CharField(blank=True, help_text='Why it failed.', max_length=30, verbose_name='code')),
                ('status', models.PositiveSmallIntegerField(default=0, help_text='Of the answer, if there was one.', verbose_name='status')),
                ('failures', models.PositiveIntegerField(default=0, help_text='In a row.', verbose_name='failures')),
                ('moved_to', models.CharField(blank=True, max_length=2000, verbose_name='moved to')),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, max_length=500)),
                ('furniture', models.JSONField(default=list, help_text='Digests of lines around the article.', verbose_name='furniture')),
                ('article', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reading', to='sources.article', verbose_name='article')),
                ('compared', models.ForeignKey(db_index=False, help_text='Up to which text its quotations were compared.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='compared')),
            ],
            options={
                'verbose_name': 'reading',
                'verbose_name_plural': 'readings',
            },
        ),
        migrations.CreateModel(
            name='Fetch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.PositiveSmallIntegerField(editable=False)),
                ('purpose', models.CharField(choices=[('article', 'A new article'), ('snapshot', 'An article as it stands now'), ('evidence', 'Evidence')], max_length=8, verbose_name='purpose')),
                ('url', models.CharField(max_length=2000, verbose_name='address')),
                ('given', models.JSONField(default=dict, help_text='The other arguments of the ingest.', verbose_name='given')),
                ('typed', models.JSONField(default=dict, help_text='What stood in the form, to show it again.', verbose_name='typed')),
                ('state', models.CharField(choices=[('waiting', 'Being fetched'), ('done', 'Fetched'), ('failed', 'Not fetched')], default='waiting', max_length=7, verbose_name='state')),
                ('job', models.BigIntegerField(editable=False, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('refused', models.JSONField(null=True, verbose_name='refused')),
                ('warned', models.JSONField(default=list, verbose_name='warnings')),
                ('article_is_new', models.BooleanField(default=False)),
                ('snapshot_is_new', models.BooleanField(default=False)),
                ('source_is_new', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='asked at')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.article', verbose_name='article whose text is taken again')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='snapshot')),
            ],
            options={
                'verbose_name': 'fetch of a page',
                'verbose_name_plural': 'fetches of pages',
            },
        ),
        migrations.AddField(
            model_name='article',
            name='current_snapshot',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='current snapshot'),
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, validators=[claimtrack.db.names.validate_form], verbose_name='name')),
                ('key', claimtrack.db.names.IdentityField(db_index=True, editable=False, max_length=600)),
                ('folded', claimtrack.db.names.FoldedField(db_index=True, editable=False, max_length=600)),
                ('kind', models.CharField(choices=[('newspaper', 'Newspaper or magazine'), ('broadcaster', 'Broadcaster'), ('agency', 'News agency'), ('government', 'Government body'), ('platform', 'Online platform'), ('other', 'Other')], default='other', max_length=20, verbose_name='kind')),
                ('homepage', models.URLField(blank=True, max_length=2000, verbose_name='homepage')),
                ('country', models.CharField(blank=True, help_text='ISO 3166-1 alpha-2, upper case.', max_length=2, verbose_name='country')),
                ('language', claimtrack.db.languages.LanguageField(blank=True, help_text='BCP 47, for example en or pt-BR.', max_length=35, verbose_name='language')),
                ('notes', models.TextField(blank=True, help_text='For the desk; never public.', verbose_name='notes')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='source_name'), models.CheckConstraint(condition=models.Q(('country__regex', '^([A-Z]{2})?$')), name='source_country'), models.CheckConstraint(condition=models.Q(('language__regex', '^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$')), name='source_language')],
            },
        ),
        migrations.CreateModel(
            name='DomainEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('host', models.CharField(help_text='Lower case, IDNA, without a leading www.', max_length=253, verbose_name='host')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.domain')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source', verbose_name='source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='domain',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='sources.source', verbose_name='source'),
        ),
        migrations.CreateModel(
            name='ArticleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(blank=True, max_length=1000, verbose_name='title')),
                ('url', models.CharField(blank=True, help_text='Where readers find it.', max_length=2000, verbose_name='URL')),
                ('canonical_url', models.CharField(help_text='For comparing addresses.', max_length=2000, null=True, verbose_name='canonical URL')),
                ('first_sha256', models.CharField(editable=False, help_text='Of its first text: with the source, the key of an article without URL.', max_length=64, verbose_name='SHA-256 of the first text')),
                ('byline', models.CharField(blank=True, max_length=1000, verbose_name='byline')),
                ('language', claimtrack.db.languages.LanguageField(blank=True, max_length=35, verbose_name='language')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('published_precision', models.CharField(blank=True, choices=[('second', 'to the second'), ('day', 'to the day')], max_length=6, verbose_name='published precision')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('created_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.article')),
                ('current_snapshot', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.snapshot', verbose_name='current snapshot')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source', verbose_name='source')),
            ],
            options={
                'abstract': False,
            },
        ),
        Together([
            migrations.AddField(
                model_name='article',
                name='source',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='sources.source', verbose_name='source'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_sourceevent" ("country", "created_at", "folded", "homepage", "id", "key", "kind", "language", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."country", OLD."created_at", OLD."folded", OLD."homepage", OLD."id", OLD."key", OLD."kind", OLD."language", OLD."name", OLD."notes", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;', hash='2a7ce38eb32f0dfd2f50f58cd3e7c20a0d017bf2', operation='UPDATE', pgid='pgtrigger_update_update_e6185', table='sources_source', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "sources_sourceevent" ("country", "created_at", "folded", "homepage", "id", "key", "kind", "language", "name", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."country", OLD."created_at", OLD."folded", OLD."homepage", OLD."id", OLD."key", OLD."kind", OLD."language", OLD."name", OLD."notes", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='8b9c4fe0a05a4f3d2df5dfd4d0c92870f3ff57b4', operation='DELETE', pgid='pgtrigger_delete_delete_fde77', table='sources_source', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='6488f90637c312e198dae65394a554d8220ed915', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_a975a', table='sources_source', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='report_source', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."folded" IS DISTINCT FROM (NEW."folded") OR OLD."homepage" IS DISTINCT FROM (NEW."homepage") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func="PERFORM claims_record_change('source', NEW.id); RETURN NULL;", hash='21e3f40ee6233617afcd3b957f8143ea6ab6c5c3', operation='UPDATE', pgid='pgtrigger_report_source_47fdd', table='sources_source', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='source',
                trigger=pgtrigger.compiler.Trigger(name='mark_documents', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name"))', func="PERFORM claims_mark_stale('source', NEW.id); RETURN NULL;", hash='c0d717497e7fe418568b4df05a8b0e73a1a2389a', operation='UPDATE', pgid='pgtrigger_mark_documents_add2c', table='sources_source', when='AFTER')),
            ),
            migrations.AddField(
                model_name='sourceevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='sourceevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.source'),
            ),
            migrations.AddConstraint(
                model_name='snapshot',
                constraint=models.UniqueConstraint(fields=('article', 'sha256'), name='snapshot_once'),
            ),
            migrations.AddConstraint(
                model_name='snapshot',
                constraint=models.CheckConstraint(condition=models.Q(('method__in', ['fetched', 'html', 'text'])), name='snapshot_method'),
            ),
            migrations.AddConstraint(
                model_name='snapshot',
                constraint=models.CheckConstraint(condition=django.db.models.expressions.RawSQL("sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')", (), models.BooleanField()), name='snapshot_sha256'),
            ),
            migrations.AddConstraint(
                model_name='snapshot',
                constraint=models.CheckConstraint(condition=django.db.models.expressions.RawSQL("text <> '' AND text IS NFC NORMALIZED AND position(E'\\r' IN text) = 0", (), models.BooleanField()), name='snapshot_normal_text'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='snapshot',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (EXISTS (\n        SELECT FROM sources_redactedsnapshot s JOIN claimtrack_redaction r ON r.id = s.redaction_id\n        WHERE s.snapshot_id = NEW.id AND s.sha256 = NEW.sha256 AND transaction = pg_current_xact_id()::text::bigint AND at >= now()\n        AND NEW.text = claimtrack_blacked_out(OLD.text, s.ranges))\n    AND to_jsonb(OLD) - '{text,sha256}'::text[] = to_jsonb(NEW) - '{text,sha256}'::text[]) THEN RETURN NEW; END IF; \n            IF to_jsonb(OLD) - 'archive_url' IS DISTINCT FROM to_jsonb(NEW) - 'archive_url'\n               OR OLD.archive_url IS NOT NULL THEN\n                RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n            END IF;\n            RETURN NEW;", hash='9a48bb90d4c0f43249e4c590afc80a9abc3e01f5', operation='UPDATE', pgid='pgtrigger_frozen_update_438a8', table='sources_snapshot', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='snapshot',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='920ec1df2477f360076dc1c1208cbcb9c5e14a68', operation='DELETE', pgid='pgtrigger_frozen_delete_50bc9', table='sources_snapshot', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='snapshot',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='a43548cd59cc7326106e0e138c5e403be5a7570f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_c95d1', table='sources_snapshot', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='snapshot',
                trigger=pgtrigger.compiler.Trigger(name='dated', sql=claimtrack.db.guards.GuardSql(func='NEW.taken_at := statement_timestamp(); RETURN NEW;', hash='9d8e468d4b38fdd78845f376af2ff0837eb07f88', operation='INSERT', pgid='pgtrigger_dated_6beb3', table='sources_snapshot', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='snapshot',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='a0a7b5055755c41ee21f18f25bc57ddbb0b573a2', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_6f2e6', table='sources_snapshot', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='snapshot',
                trigger=pgtrigger.compiler.Trigger(name='report_article', sql=claimtrack.db.guards.GuardSql(func="PERFORM claims_record_change('article', NEW.article_id); RETURN NULL;", hash='d2f03b2e8d43c6775fd66262a7f763b846da3b2d', operation='UPDATE', pgid='pgtrigger_report_article_f075a', table='sources_snapshot', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='redactionproposal',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('order', ''), _negated=True)), name='redaction_proposal_says_why'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redactionproposal',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="\n            IF to_jsonb(OLD) - 'decided_by_id' IS DISTINCT FROM to_jsonb(NEW) - 'decided_by_id'\n               OR OLD.decided_by_id IS NOT NULL THEN\n                RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n            END IF;\n            RETURN NEW;", hash='56394b9383dac4c22befba9523a657668abddd5a', operation='UPDATE', pgid='pgtrigger_frozen_update_30e8f', table='sources_redactionproposal', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redactionproposal',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='58e927d02d78bbe388c529bdb01f10b2a9ba5877', operation='DELETE', pgid='pgtrigger_frozen_delete_66fd6', table='sources_redactionproposal', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redactionproposal',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='6f3fdcf5ca066515ad767190286e922bbcfed153', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_a1f81', table='sources_redactionproposal', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redactionproposal',
                trigger=pgtrigger.compiler.Trigger(name='dated', sql=claimtrack.db.guards.GuardSql(func='NEW.at := statement_timestamp(); RETURN NEW;', hash='b7b9059b202f41e8adfa2e5e116cdb5eb5ce7d24', operation='INSERT', pgid='pgtrigger_dated_560d4', table='sources_redactionproposal', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='redactedsnapshot',
                constraint=models.UniqueConstraint(fields=('redaction', 'snapshot'), name='redacted_snapshot_once'),
            ),
            migrations.AddConstraint(
                model_name='redactedsnapshot',
                constraint=models.CheckConstraint(condition=models.Q(('original__regex', '^[0-9a-f]{64}$'), ('sha256__regex', '^[0-9a-f]{64}$')), name='redacted_snapshot_hashes'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redactedsnapshot',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='bfe8c955aaf66c973ee3e1d83869bc005bbf4635', operation='UPDATE', pgid='pgtrigger_frozen_update_fd8f0', table='sources_redactedsnapshot', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redactedsnapshot',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='c9803a4fd2e7a61f866a6f2dcf44cafd6421713f', operation='DELETE', pgid='pgtrigger_frozen_delete_2b0f3', table='sources_redactedsnapshot', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redactedsnapshot',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='a45bdb31768fb57176adaf70324453d7b8e3f486', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_59b3a', table='sources_redactedsnapshot', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redactedsnapshot',
                trigger=pgtrigger.compiler.Trigger(name='own_transaction', sql=claimtrack.db.guards.GuardSql(func="\n                    IF NOT EXISTS (SELECT FROM claimtrack_redaction WHERE id = NEW.redaction_id\n                       AND transaction = pg_current_xact_id()::text::bigint AND at >= now())\n                    THEN RAISE EXCEPTION 'What a redaction removes enters the ledger together with it, never later' USING ERRCODE = '23514', CONSTRAINT = 'redaction_late';\n                    END IF;\n                    RETURN NEW;", hash='0bcee57aa7a1fe850b85122b379bc153d4e4fb24', operation='INSERT', pgid='pgtrigger_own_transaction_9fea9', table='sources_redactedsnapshot', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redactedsnapshot',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='d5a5ad44e29dbe0b08bce8f75294bc7e8a8553de', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_4ed10', table='sources_redactedsnapshot', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='reading',
                index=models.Index(fields=['due_at', 'id'], name='reading_due'),
            ),
            migrations.AddIndex(
                model_name='reading',
                index=models.Index(fields=['outcome', 'id'], name='reading_outcome'),
            ),
            migrations.AddConstraint(
                model_name='reading',
                constraint=models.UniqueConstraint(condition=models.Q(('article', None)), fields=('url',), name='reading_of_address'),
            ),
            migrations.AddConstraint(
                model_name='fetch',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('snapshot', None), ('state', 'waiting')), models.Q(('ended_at__isnull', False), ('snapshot__isnull', False), ('state', 'done')), models.Q(('ended_at__isnull', False), ('refused__isnull', False), ('snapshot', None), ('state', 'failed')), _connector='OR'), name='fetch_state'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='domainevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='7c1b31d00cf99e774d9c0d640f70aa24d5408ede', operation='UPDATE', pgid='pgtrigger_frozen_update_4209e', table='sources_domainevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='domainevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='d5206020f4a452d7ec7e55d4e520700cd78cb7ec', operation='DELETE', pgid='pgtrigger_frozen_delete_d839e', table='sources_domainevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='domainevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='a8f94d5ff7ddf864f4e1bb564214b7a827a733be', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_63baa', table='sources_domainevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='domainevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='2c386deee75ae1c9e8b0858f7ccf1df50c89268e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_764ee', table='sources_domainevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='domain',
                constraint=models.CheckConstraint(condition=models.Q(('host__regex', '^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$'), models.Q(('host__startswith', 'www.'), _negated=True)), name='domain_host'),
            ),
            migrations.AddConstraint(
                model_name='domain',
                constraint=models.CheckConstraint(condition=models.Q(('host__regex', '(^|\\.)(archive\\.org|archive\\.today|archive\\.fo|archive\\.is|archive\\.li|archive\\.md|archive\\.ph|archive\\.vn|mementoweb\\.org|perma\\.cc|perma\\-archives\\.org|archive\\-it\\.org|conifer\\.rhizome\\.org|freezepage\\.com|ghostarchive\\.org|gyo\\.tc|megalodon\\.jp|oldweb\\.today|peeep\\.us|replayweb\\.page|theoldnet\\.com|webcitation\\.org|webrecorder\\.io|webrecorder\\.net|arquivo\\.pt|haw\\.nsk\\.hr|swap\\.stanford\\.edu|vefsafn\\.is|veebiarhiiv\\.digar\\.ee|webarchiv\\.cz|webarchive\\.loc\\.gov|webarchive\\.nationalarchives\\.gov\\.uk|webarchive\\.nla\\.gov\\.au|webarchive\\.nrscotland\\.gov\\.uk|webarchive\\.org\\.uk|webarchive\\.parliament\\.uk|archive\\.wikiwix\\.com|padicat\\.cat|warp\\.da\\.ndl\\.go\\.jp|warp\\.ndl\\.go\\.jp|wayback\\.nli\\.org\\.il|web\\.archive\\.bibalex\\.org|webarchiv\\.onb\\.ac\\.at|webharvest\\.gov|webarchive\\.bac\\-lac\\.gc\\.ca|webarchive\\.unesco\\.org|archivesinternet\\.bnf\\.fr|archiefweb\\.eu|12ft\\.io|1ft\\.io|ampproject\\.net|ampproject\\.org|bing\\-amp\\.com|cache\\.baiducontent\\.com|cc\\.bingj\\.com|freedium\\.cfd|microsofttranslator\\.com|outline\\.com|papago\\.naver\\.net|r\\.jina\\.ai|removepaywall\\.com|removepaywalls\\.com|readmedium\\.com|smry\\.ai|13ft\\.io|printfriendly\\.com|textise\\.net|mipcdn\\.com|mipcache\\.bdstatic\\.com|translate\\.goog|translate\\.google\\.com|translate\\.googleusercontent\\.com|translate\\.yandex\\.com|translate\\.yandex\\.ru|turbopages\\.org|txtify\\.it|webcache\\.googleusercontent\\.com|yandexwebcache\\.net|nitter\\.net|nitter\\.cz|nitter\\.space|xcancel\\.com|twiiit\\.com|lightbrd\\.com|fxtwitter\\.com|vxtwitter\\.com|fixupx\\.com|fixvx\\.com|twittpr\\.com|yewtu\\.be|yt\\.artemislena\\.eu|piped\\.video|piped\\.kavin\\.rocks|youtube\\.076\\.ne\\.jp|teddit\\.net|safereddit\\.com|rxddit\\.com|vxreddit\\.com|reveddit\\.com|ddinstagram\\.com|kkinstagram\\.com|imginn\\.com|vxtiktok\\.com|tnktok\\.com|proxitok\\.pabloferreiro\\.es|bskyx\\.app|fxbsky\\.app|scribe\\.rip)$|^(nitter|invidious|libreddit|redlib|teddit|bibliogram|proxitok)\\.'), _negated=True), name='domain_archive'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='domain',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_domainevent" ("host", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (OLD."host", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."source_id"); RETURN NULL;', hash='8ca0852ac8cf407db07581bd44f7d6658e9359f9', operation='UPDATE', pgid='pgtrigger_update_update_f564e', table='sources_domain', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='domain',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "sources_domainevent" ("host", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (OLD."host", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source_id"); RETURN NULL;', hash='9deb0267ec741ba78f413796e78394223f4cfee0', operation='DELETE', pgid='pgtrigger_delete_delete_5066d', table='sources_domain', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='domain',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='b7a43c81ea69bdce514c0ad481bad729effa8ffe', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_b5b91', table='sources_domain', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='domain',
                trigger=pgtrigger.compiler.Trigger(name='report_source', sql=claimtrack.db.guards.GuardSql(func="PERFORM claims_record_change('source', COALESCE(NEW.source_id, OLD.source_id)); RETURN NULL;", hash='0416c4e3ba4d9a0520c699257e94a476cb2db7b9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_report_source_d48da', table='sources_domain', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='domain',
                trigger=pgtrigger.compiler.Trigger(name='mark_documents', sql=claimtrack.db.guards.GuardSql(func="\n            -- The source does not change, but transactions that compose documents lock the source, not the domain.\n            PERFORM FROM sources_source WHERE id IN (OLD.source_id, NEW.source_id) ORDER BY id FOR NO KEY UPDATE;\n            PERFORM claims_mark_stale('domain', id) FROM sources_source WHERE id IN (OLD.source_id, NEW.source_id);\n            RETURN NULL;", hash='16b2ee95097f6fc6787629b72f3c5e84bbdf7f0b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_mark_documents_969b9', table='sources_domain', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articleevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='762abc6eca3cdfd6137088a74fc2269a467e2925', operation='UPDATE', pgid='pgtrigger_frozen_update_79892', table='sources_articleevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articleevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='a8b2247373af11a9a876b8d14cee84238a7afd8f', operation='DELETE', pgid='pgtrigger_frozen_delete_b1876', table='sources_articleevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articleevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='959d60c517ff7ebf76ba9c40c745e4644bbde522', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_43973', table='sources_articleevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articleevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='5c862e293e46fa60acbfa109cdbc60f9ded2f326', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_5df26', table='sources_articleevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='article',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('title', config='simple'), name='article_title'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(fields=['published_at'], name='article_published'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(claimtrack.db.languages.PrimarySubtag('language'), name='article_languages'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.UniqueConstraint(condition=models.Q(('canonical_url', None)), fields=('source', 'first_sha256'), name='article_without_url'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_precision', '')), models.Q(('published_at__isnull', False), ('published_precision__in', ['second', 'day'])), _connector='OR'), name='article_published_precision'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(('first_sha256__regex', '^[0-9a-f]{64}$')), name='article_first_sha256'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(('language__regex', '^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$')), name='article_language'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(('canonical_url', None), ('canonical_url__regex', '^https?://'), _connector='OR'), name='article_canonical_url'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('canonical_url', None), ('url', '')), models.Q(('canonical_url__isnull', False), ('url__regex', '^https?://')), _connector='OR'), name='article_url'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='own_snapshot', sql=claimtrack.db.guards.GuardSql(condition='WHEN (NEW."current_snapshot_id" IS NOT NULL)', func="\n                    IF NOT EXISTS (SELECT FROM sources_snapshot WHERE id = NEW.current_snapshot_id AND article_id = NEW.id)\n                    THEN RAISE EXCEPTION 'The current snapshot of an article is one of its own' USING ERRCODE = '23514', CONSTRAINT = 'own_snapshot';\n                    END IF;\n                    RETURN NEW;", hash='8348a65ffc75a958660c3211f6673c1818b94275', operation='INSERT OR UPDATE OF "current_snapshot_id"', pgid='pgtrigger_own_snapshot_0bdae', table='sources_article', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."byline" IS DISTINCT FROM (NEW."byline") OR OLD."canonical_url" IS DISTINCT FROM (NEW."canonical_url") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."current_snapshot_id" IS DISTINCT FROM (NEW."current_snapshot_id") OR OLD."first_sha256" IS DISTINCT FROM (NEW."first_sha256") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_precision" IS DISTINCT FROM (NEW."published_precision") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func='INSERT INTO "sources_articleevent" ("byline", "canonical_url", "created_at", "created_by_id", "current_snapshot_id", "first_sha256", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_precision", "source_id", "title", "url") VALUES (OLD."byline", OLD."canonical_url", OLD."created_at", OLD."created_by_id", OLD."current_snapshot_id", OLD."first_sha256", OLD."id", OLD."language", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."published_at", OLD."published_precision", OLD."source_id", OLD."title", OLD."url"); RETURN NULL;', hash='3274a585e1d9418997d10ce4c30199858344114e', operation='UPDATE', pgid='pgtrigger_update_update_168af', table='sources_article', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "sources_articleevent" ("byline", "canonical_url", "created_at", "created_by_id", "current_snapshot_id", "first_sha256", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_precision", "source_id", "title", "url") VALUES (OLD."byline", OLD."canonical_url", OLD."created_at", OLD."created_by_id", OLD."current_snapshot_id", OLD."first_sha256", OLD."id", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."published_precision", OLD."source_id", OLD."title", OLD."url"); RETURN NULL;', hash='d284ba06cf697306fffa15c335530e9c41292c05', operation='DELETE', pgid='pgtrigger_delete_delete_10a2a', table='sources_article', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='1b3c3b998a05ece00566cf96a89faecaf285cfe7', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_7f066', table='sources_article', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='refile', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."source_id" IS DISTINCT FROM (NEW."source_id"))', func='\n        DELETE FROM claims_claimsource f WHERE f.claim_id IN (SELECT a.claim_id FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id WHERE s.article_id = NEW.id) AND NOT EXISTS\n            (SELECT FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id WHERE a.claim_id = f.claim_id AND r.source_id = f.source_id);\n        INSERT INTO claims_claimsource (source_id, created_at, claim_id)\n            SELECT DISTINCT r.source_id, c.created_at, c.id\n            FROM claims_claim c JOIN claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id ON a.claim_id = c.id WHERE c.id IN (SELECT a.claim_id FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id WHERE s.article_id = NEW.id)\n            ON CONFLICT DO NOTHING; RETURN NULL;', hash='13457f548148fbe423a36f800e12bea0ee08c6e8', operation='UPDATE OF "source_id"', pgid='pgtrigger_refile_8142e', table='sources_article', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='renew_search', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."language" IS DISTINCT FROM (NEW."language"))', func='\n        PERFORM FROM claims_claim WHERE id IN (SELECT a.claim_id FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id WHERE s.article_id = NEW.id) ORDER BY id FOR NO KEY UPDATE;\n        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language) WHERE id IN (SELECT a.claim_id FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id WHERE s.article_id = NEW.id);\n        RETURN NULL;', hash='34a79882f648821e227b93cffd1298ede7a5e71b', operation='UPDATE OF "language"', pgid='pgtrigger_renew_search_c52da', table='sources_article', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='report_article', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."byline" IS DISTINCT FROM (NEW."byline") OR OLD."canonical_url" IS DISTINCT FROM (NEW."canonical_url") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."current_snapshot_id" IS DISTINCT FROM (NEW."current_snapshot_id") OR OLD."first_sha256" IS DISTINCT FROM (NEW."first_sha256") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_precision" IS DISTINCT FROM (NEW."published_precision") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func="PERFORM claims_record_change('article', NEW.id); RETURN NULL;", hash='a4441814f4ed6047fa28ddd21539bc921d2fe177', operation='UPDATE', pgid='pgtrigger_report_article_b3b58', table='sources_article', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='mark_documents', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."canonical_url" IS DISTINCT FROM (NEW."canonical_url") OR OLD."current_snapshot_id" IS DISTINCT FROM (NEW."current_snapshot_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_precision" IS DISTINCT FROM (NEW."published_precision") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func="PERFORM claims_mark_stale('article', NEW.id); RETURN NULL;", hash='45aa540c5cb8962e4b164fd9b4e6a26a522d50a7', operation='UPDATE', pgid='pgtrigger_mark_documents_3de37', table='sources_article', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourceevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='d0a4ec47fb4210d9890c611501150e18879c7095', operation='UPDATE', pgid='pgtrigger_frozen_update_53552', table='sources_sourceevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourceevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='07f0d6c882cbd4f4488d56c926f2f7af6ceb106e', operation='DELETE', pgid='pgtrigger_frozen_delete_f41b5', table='sources_sourceevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourceevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='ec9d4f31f5efb99d17cf02b0234315a62af942e9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_c8655', table='sources_sourceevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourceevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='ea3a0a37cb50602dc301092b0d404cb22eb9c03f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_82279', table='sources_sourceevent', when='BEFORE')),
            ),
        ]),
    ]
