from claims.api import documents
from claims.models.guards.functions import DROP_FUNCTIONS, FUNCTIONS
from django.conf import settings
from django.db import migrations, models
import claims.transitions
import claimtrack.db.guards
import claimtrack.db.languages
import claimtrack.db.names
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from claimtrack.db.operations import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('claims', '0001_search'),
        ('claimtrack', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('key', claimtrack.db.names.IdentityField(db_index=True, editable=False, max_length=600)),
                ('folded', claimtrack.db.names.FoldedField(db_index=True, editable=False, max_length=600)),
            ],
            options={
                'verbose_name': 'alias',
                'verbose_name_plural': 'aliases',
            },
        ),
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quote', models.TextField(verbose_name='quote')),
                ('start_offset', models.PositiveIntegerField(verbose_name='start offset')),
                ('end_offset', models.PositiveIntegerField(verbose_name='end offset')),
                ('prefix', models.CharField(blank=True, max_length=100, verbose_name='prefix')),
                ('suffix', models.CharField(blank=True, max_length=100, verbose_name='suffix')),
            ],
            options={
                'verbose_name': 'appearance',
                'verbose_name_plural': 'appearances',
            },
        ),
        migrations.CreateModel(
            name='AppearanceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('quote', models.TextField(verbose_name='quote')),
                ('start_offset', models.PositiveIntegerField(verbose_name='start offset')),
                ('end_offset', models.PositiveIntegerField(verbose_name='end offset')),
                ('prefix', models.CharField(blank=True, max_length=100, verbose_name='prefix')),
                ('suffix', models.CharField(blank=True, max_length=100, verbose_name='suffix')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('era', models.SmallIntegerField()),
                ('xact', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('claim', 'Claim'), ('speaker', 'Speaker'), ('source', 'Source'), ('article', 'Article'), ('topic', 'Topic'), ('verdict', 'Verdict')], max_length=7)),
                ('row_id', models.BigIntegerField()),
                ('change', models.CharField(choices=[('upsert', 'Upsert'), ('tombstone', 'Tombstone')], max_length=9)),
                ('merged_into', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField()),
                ('note', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text="The desk's canonical wording.", verbose_name='text')),
                ('speaker_role', models.CharField(blank=True, help_text='As it was then.', max_length=300, verbose_name='speaker role')),
                ('said_at', models.DateField(blank=True, help_text='The first day that it covers.', null=True, verbose_name='said at')),
                ('said_precision', models.CharField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], max_length=5, verbose_name='said precision')),
                ('due_on', models.DateField(blank=True, help_text='Of a claim about the future: the last day that it covers.', null=True, verbose_name='due on')),
                ('due_precision', models.CharField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], db_default='', default='', max_length=5, verbose_name='due precision')),
                ('language', claimtrack.db.languages.LanguageField(blank=True, max_length=35, verbose_name='language')),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('unverified', 'Unverified'), ('in_review', 'In review'), ('awaiting_approval', 'Awaiting approval'), ('checked', 'Checked'), ('dismissed', 'Dismissed'), ('withdrawn', 'Withdrawn')], default=claims.transitions.Status['PROPOSED'], max_length=17, verbose_name='status')),
                ('origin', models.CharField(choices=[('desk', 'Desk'), ('import', 'Import'), ('api', 'API'), ('claimreview', 'ClaimReview')], default='desk', max_length=11, verbose_name='origin')),
                ('origin_key', models.CharField(blank=True, max_length=64, null=True, unique=True, verbose_name='origin key')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('search', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('reviewed_at', models.DateTimeField(blank=True, editable=False, help_text='Of the last publication.', null=True, verbose_name='reviewed at')),
                ('review_by', models.DateField(blank=True, help_text='The day by which the desk looks at the verdict in force again.', null=True, verbose_name='review by')),
                ('review_by_given', models.BooleanField(db_default=False, default=False, help_text='By hand. Otherwise the topics say it.', verbose_name='review by given')),
            ],
            options={
                'verbose_name': 'claim',
                'verbose_name_plural': 'claims',
            },
        ),
        migrations.CreateModel(
            name='ClaimEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField(help_text="The desk's canonical wording.", verbose_name='text')),
                ('speaker_role', models.CharField(blank=True, help_text='As it was then.', max_length=300, verbose_name='speaker role')),
                ('said_at', models.DateField(blank=True, help_text='The first day that it covers.', null=True, verbose_name='said at')),
                ('said_precision', models.CharField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], max_length=5, verbose_name='said precision')),
                ('due_on', models.DateField(blank=True, help_text='Of a claim about the future: the last day that it covers.', null=True, verbose_name='due on')),
                ('due_precision', models.CharField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], db_default='', default='', max_length=5, verbose_name='due precision')),
                ('language', claimtrack.db.languages.LanguageField(blank=True, max_length=35, verbose_name='language')),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('unverified', 'Unverified'), ('in_review', 'In review'), ('awaiting_approval', 'Awaiting approval'), ('checked', 'Checked'), ('dismissed', 'Dismissed'), ('withdrawn', 'Withdrawn')], default=claims.transitions.Status['PROPOSED'], max_length=17, verbose_name='status')),
                ('origin', models.CharField(choices=[('desk', 'Desk'), ('import', 'Import'), ('api', 'API'), ('claimreview', 'ClaimReview')], default='desk', max_length=11, verbose_name='origin')),
                ('origin_key', models.CharField(blank=True, max_length=64, null=True, verbose_name='origin key')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('reviewed_at', models.DateTimeField(blank=True, editable=False, help_text='Of the last publication.', null=True, verbose_name='reviewed at')),
                ('review_by', models.DateField(blank=True, help_text='The day by which the desk looks at the verdict in force again.', null=True, verbose_name='review by')),
                ('review_by_given', models.BooleanField(db_default=False, default=False, help_text='By hand. Otherwise the topics say it.', verbose_name='review by given')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClaimTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(editable=False, help_text='Of the claim; kept by triggers.', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ClaimTopicEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('witness', models.CharField(max_length=300)),
                ('line', models.TextField(unique=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.UUIDField(default=uuid.uuid4, editable=False, help_text='The webhook-id.')),
                ('kind', models.CharField(max_length=7)),
                ('row_id', models.BigIntegerField()),
                ('type', models.CharField(blank=True, help_text='Of the event that was last sent.', max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('delivered', 'Delivered'), ('given_up', 'Given up')], default='waiting', max_length=9)),
                ('changed_at', models.DateTimeField(help_text='When the row changed.')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('attempted_at', models.DateTimeField(null=True)),
                ('status', models.PositiveSmallIntegerField(help_text='HTTP, of the last attempt.', null=True)),
                ('error', models.CharField(blank=True, help_text='Of the last attempt, as a code.', max_length=30)),
                ('milliseconds', models.PositiveIntegerField(help_text='How long the last attempt took.', null=True)),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
            },
        ),
        migrations.CreateModel(
            name='Distinct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'verbose_name': 'distinct pair',
                'verbose_name_plural': 'distinct pairs',
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rationale', models.TextField(blank=True, verbose_name='rationale')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('evidence', models.JSONField(blank=True, default=list, verbose_name='evidence')),
                ('changes', models.JSONField(blank=True, default=dict, verbose_name='changes')),
                ('version', models.CharField(help_text='Which text this is, named by whoever saved it.', max_length=64, verbose_name='version')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=2000, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='URL')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='title')),
                ('publisher', models.CharField(blank=True, max_length=300, verbose_name='publisher')),
                ('quote', models.TextField(blank=True, verbose_name='quote')),
                ('stance', models.CharField(choices=[('supports', 'Supports'), ('refutes', 'Refutes'), ('context', 'Context')], max_length=8, verbose_name='stance')),
                ('archive_url', models.URLField(blank=True, help_text='May be set once.', max_length=2000, null=True, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='archive URL')),
                ('accessed_at', models.DateField(blank=True, null=True, verbose_name='accessed at')),
                ('start_offset', models.PositiveIntegerField(null=True, verbose_name='start offset')),
                ('end_offset', models.PositiveIntegerField(null=True, verbose_name='end offset')),
                ('prefix', models.CharField(blank=True, db_default='', default='', max_length=100, verbose_name='prefix')),
                ('suffix', models.CharField(blank=True, db_default='', default='', max_length=100, verbose_name='suffix')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
            },
        ),
        migrations.CreateModel(
            name='ExternalReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publisher', models.CharField(max_length=300, verbose_name='publisher')),
                ('publisher_site', models.CharField(help_text="The host of the review's address, without www.", max_length=253, verbose_name='publisher site')),
                ('url', models.CharField(help_text='As it was given first.', max_length=2000, verbose_name='URL')),
                ('address', models.CharField(editable=False, help_text='The same in the spelling that finds the page again.', max_length=2000, verbose_name='address')),
                ('claim_reviewed', models.TextField(blank=True, help_text='The claim in their words.', verbose_name='claim reviewed')),
                ('claimant', models.CharField(blank=True, help_text='Who made the claim according to them.', max_length=300, verbose_name='claimant')),
                ('key', models.CharField(editable=False, help_text='Address, claimant and wording of the claim: which review it is.', max_length=64, verbose_name='key')),
                ('gone_at', models.DateTimeField(blank=True, editable=False, help_text='When it was found to be gone from its page.', null=True, verbose_name='gone at')),
                ('title', models.CharField(blank=True, max_length=1000, verbose_name='title')),
                ('label', models.CharField(blank=True, help_text='Their verdict, as they write it.', max_length=1000, verbose_name='label')),
                ('rating_value', models.FloatField(blank=True, null=True, verbose_name='rating value')),
                ('rating_best', models.FloatField(blank=True, null=True, verbose_name='rating best')),
                ('rating_worst', models.FloatField(blank=True, null=True, verbose_name='rating worst')),
                ('reviewed_at', models.DateField(blank=True, help_text='The first day that it covers.', null=True, verbose_name='reviewed at')),
                ('reviewed_precision', models.CharField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], max_length=5, verbose_name='reviewed precision')),
                ('language', claimtrack.db.languages.LanguageField(blank=True, max_length=35, verbose_name='language')),
                ('claimed_at', models.DateField(blank=True, help_text='When they say the claim was made.', null=True, verbose_name='claimed at')),
                ('claimed_precision', models.CharField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], max_length=5, verbose_name='claimed precision')),
                ('imported_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='imported at')),
            ],
            options={
                'verbose_name': 'external review',
                'verbose_name_plural': 'external reviews',
            },
        ),
        migrations.CreateModel(
            name='ExternalReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('publisher', models.CharField(max_length=300, verbose_name='publisher')),
                ('publisher_site', models.CharField(help_text="The host of the review's address, without www.", max_length=253, verbose_name='publisher site')),
                ('url', models.CharField(help_text='As it was given first.', max_length=2000, verbose_name='URL')),
                ('address', models.CharField(editable=False, help_text='The same in the spelling that finds the page again.', max_length=2000, verbose_name='address')),
                ('claim_reviewed', models.TextField(blank=True, help_text='The claim in their words.', verbose_name='claim reviewed')),
                ('claimant', models.CharField(blank=True, help_text='Who made the claim according to them.', max_length=300, verbose_name='claimant')),
                ('key', models.CharField(editable=False, help_text='Address, claimant and wording of the claim: which review it is.', max_length=64, verbose_name='key')),
                ('gone_at', models.DateTimeField(blank=True, editable=False, help_text='When it was found to be gone from its page.', null=True, verbose_name='gone at')),
                ('title', models.CharField(blank=True, max_length=1000, verbose_name='title')),
                ('label', models.CharField(blank=True, help_text='Their verdict, as they write it.', max_length=1000, verbose_name='label')),
                ('rating_value', models.FloatField(blank=True, null=True, verbose_name='rating value')),
                ('rating_best', models.FloatField(blank=True, null=True, verbose_name='rating best')),
                ('rating_worst', models.FloatField(blank=True, null=True, verbose_name='rating worst')),
                ('reviewed_at', models.DateField(blank=True, help_text='The first day that it covers.', null=True, verbose_name='reviewed at')),
                ('reviewed_precision', models.CharField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], max_length=5, verbose_name='reviewed precision')),
                ('language', claimtrack.db.languages.LanguageField(blank=True, max_length=35, verbose_name='language')),
                ('claimed_at', models.DateField(blank=True, help_text='When they say the claim was made.', null=True, verbose_name='claimed at')),
                ('claimed_precision', models.CharField(blank=True, choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], max_length=5, verbose_name='claimed precision')),
                ('imported_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='imported at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Frequency',
            fields=[
                ('lexeme', models.TextField(db_collation='C', primary_key=True, serialize=False)),
                ('claims', models.BigIntegerField()),
                ('lexemes', models.BigIntegerField(help_text='Of “”: the number of different lexemes of all claims, added up.')),
            ],
            options={
                'verbose_name_plural': 'frequencies',
            },
        ),
        migrations.CreateModel(
            name='FrequencyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lexeme', models.TextField(db_collation='C')),
                ('claims', models.BigIntegerField()),
                ('lexemes', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, help_text='For readers, once it is published.', verbose_name='text')),
                ('note', models.TextField(blank=True, help_text='Internal: whom exactly, and how they are reached.', verbose_name='note')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn at')),
                ('asked_for', models.CharField(choices=[('reply', 'Reply'), ('correction', 'Correction')], max_length=10, verbose_name='asked for')),
                ('name', models.CharField(blank=True, help_text='Of somebody else.', max_length=300, verbose_name='name')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('phone', 'Phone'), ('letter', 'Letter'), ('form', 'Web form'), ('social', 'Social network'), ('in_person', 'In person')], max_length=9, verbose_name='how')),
                ('asked_on', models.DateField(verbose_name='asked on')),
            ],
            options={
                'verbose_name': 'inquiry',
                'verbose_name_plural': 'inquiries',
            },
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.BigIntegerField(help_text='The place in the tree; null until it is numbered.', null=True, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('leaf', models.TextField(help_text='The bytes that are hashed: canonical JSON.')),
                ('body', models.TextField(help_text='What readers saw, as canonical JSON with each text replaced by its salted hash.')),
                ('earlier', models.BooleanField(default=False, help_text='Published before the log began.')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'verbose_name_plural': 'log entries',
            },
        ),
        migrations.CreateModel(
            name='LogTile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hashes', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved', models.JSONField(default=dict, help_text='Ids by kind of row.', verbose_name='moved')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone at')),
            ],
            options={
                'verbose_name': 'merge',
                'verbose_name_plural': 'merges',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('assigned', 'Assigned'), ('asked', 'Asked'), ('mentioned', 'Mentioned'), ('commented', 'Commented'), ('returned', 'Returned'), ('approved', 'Approved'), ('corrected', 'Corrected'), ('withdrawn', 'Withdrawn'), ('reopened', 'Reopened'), ('taken_over', 'Taken over'), ('handed_on', 'Handed on'), ('due', 'Due'), ('review_by', 'To be looked at again'), ('come_due', 'Come due'), ('webhook_off', 'Webhook switched off'), ('gave_up', 'Given up')], max_length=11)),
                ('due', models.DateField(help_text='The day that has come, or of kind asked the last day.', null=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('read_at', models.DateTimeField(null=True)),
                ('to_send', models.BooleanField(default=False, help_text='By e-mail, which has not been sent yet.')),
                ('sent_at', models.DateTimeField(help_text='By e-mail.', null=True)),
                ('message', models.UUIDField(help_text='The e-mail it was or is about to be sent with, in its Message-ID.', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, help_text='For readers, once it is published.', verbose_name='text')),
                ('note', models.TextField(blank=True, help_text='Internal: whom exactly, and how they are reached.', verbose_name='note')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn at')),
                ('answer', models.CharField(choices=[('replied', 'Replied'), ('corrected', 'Corrected'), ('removed', 'Removed'), ('declined', 'Declined'), ('none', 'No answer')], max_length=9, verbose_name='answer')),
                ('came_on', models.DateField(verbose_name='came on')),
                ('url', models.URLField(blank=True, max_length=2000, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='URL')),
            ],
            options={
                'verbose_name': 'outcome',
                'verbose_name_plural': 'outcomes',
            },
        ),
        migrations.CreateModel(
            name='RationaleTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('text', models.TextField(max_length=5000, verbose_name='text')),
            ],
            options={
                'verbose_name': 'template for rationales',
                'verbose_name_plural': 'templates for rationales',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='RationaleTemplateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('text', models.TextField(max_length=5000, verbose_name='text')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField(blank=True, help_text='The last day.', null=True, verbose_name='due')),
                ('priority', models.CharField(choices=[('high', 'High'), ('normal', 'Normal'), ('low', 'Low')], default='normal', max_length=6, verbose_name='priority')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'verbose_name': 'request',
                'verbose_name_plural': 'requests',
            },
        ),
        migrations.CreateModel(
            name='RequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('due', models.DateField(blank=True, help_text='The last day.', null=True, verbose_name='due')),
                ('priority', models.CharField(choices=[('high', 'High'), ('normal', 'Normal'), ('low', 'Low')], default='normal', max_length=6, verbose_name='priority')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(choices=[('proposed', 'Proposed'), ('unverified', 'Unverified'), ('in_review', 'In review'), ('awaiting_approval', 'Awaiting approval'), ('checked', 'Checked'), ('dismissed', 'Dismissed'), ('withdrawn', 'Withdrawn')], max_length=17, verbose_name='from status')),
                ('to_status', models.CharField(choices=[('proposed', 'Proposed'), ('unverified', 'Unverified'), ('in_review', 'In review'), ('awaiting_approval', 'Awaiting approval'), ('checked', 'Checked'), ('dismissed', 'Dismissed'), ('withdrawn', 'Withdrawn')], max_length=17, verbose_name='to status')),
                ('verdict_label', models.CharField(blank=True, help_text='As judged.', max_length=100, verbose_name='verdict label')),
                ('wording', models.TextField(blank=True, help_text='Of the claim, as judged.', verbose_name='wording')),
                ('rationale', models.TextField(blank=True, help_text='Public.', verbose_name='rationale')),
                ('note', models.TextField(blank=True, help_text='Internal.', verbose_name='note')),
                ('changes', models.JSONField(default=dict, help_text='What its publication changes: text, speaker, speaker_role, said_at, due_on, review_by.', verbose_name='changes')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='created at')),
                ('transaction', models.BigIntegerField(default=0, editable=False, help_text='The one in which it was made.', verbose_name='transaction')),
                ('reviewer_role', models.PositiveSmallIntegerField(db_default=0, editable=False, help_text='As it was at this step: claimtrack.roles.', verbose_name='role of the reviewer')),
                ('claim_version', models.IntegerField(db_default=0, editable=False, help_text='That of the claim after this step.', verbose_name='claim version')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('query', models.CharField(max_length=2000)),
                ('shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='SourceChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_offset', models.PositiveIntegerField(verbose_name='start offset')),
                ('end_offset', models.PositiveIntegerField(verbose_name='end offset')),
                ('later_start', models.PositiveIntegerField(null=True, verbose_name='start offset in it')),
                ('later_end', models.PositiveIntegerField(null=True, verbose_name='end offset in it')),
                ('kind', models.CharField(choices=[('changed', 'Changed'), ('gone', 'Gone'), ('note', 'A note of a correction')], max_length=7, verbose_name='kind')),
                ('found_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='found at')),
            ],
            options={
                'verbose_name': 'change at the source',
                'verbose_name_plural': 'changes at the source',
            },
        ),
        migrations.CreateModel(
            name='SourceDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_offset', models.PositiveIntegerField(verbose_name='start offset')),
                ('end_offset', models.PositiveIntegerField(verbose_name='end offset')),
                ('later_start', models.PositiveIntegerField(null=True, verbose_name='start offset in it')),
                ('later_end', models.PositiveIntegerField(null=True, verbose_name='end offset in it')),
                ('kind', models.CharField(choices=[('changed', 'Changed'), ('gone', 'Gone'), ('note', 'A note of a correction')], max_length=7, verbose_name='kind')),
                ('decision', models.CharField(choices=[('same_claim', 'The same claim in other words'), ('changed_claim', 'Another claim now'), ('corrected', 'Corrected by the paper'), ('removed', 'Removed by the paper')], max_length=13, verbose_name='decision')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'verbose_name': 'decision about a source',
                'verbose_name_plural': 'decisions about sources',
            },
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation'), ('group', 'Group')], default='person', max_length=12, verbose_name='kind')),
                ('role', models.CharField(blank=True, help_text="Today's; a claim keeps the role as it was then.", max_length=300, verbose_name='role')),
                ('wikidata_id', models.CharField(blank=True, max_length=20, null=True, unique=True, validators=[django.core.validators.RegexValidator('^Q[1-9][0-9]{0,18}\\Z')], verbose_name='Wikidata id')),
                ('website', models.URLField(blank=True, max_length=2000, verbose_name='website')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'speaker',
                'verbose_name_plural': 'speakers',
            },
        ),
        migrations.CreateModel(
            name='SpeakerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation'), ('group', 'Group')], default='person', max_length=12, verbose_name='kind')),
                ('role', models.CharField(blank=True, help_text="Today's; a claim keeps the role as it was then.", max_length=300, verbose_name='role')),
                ('wikidata_id', models.CharField(blank=True, max_length=20, null=True, validators=[django.core.validators.RegexValidator('^Q[1-9][0-9]{0,18}\\Z')], verbose_name='Wikidata id')),
                ('website', models.URLField(blank=True, max_length=2000, verbose_name='website')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=7)),
                ('row_id', models.BigIntegerField()),
                ('done', models.BigIntegerField(help_text='The last claim whose document is right again.')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'verbose_name_plural': 'stale',
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_offset', models.PositiveIntegerField(verbose_name='start offset')),
                ('end_offset', models.PositiveIntegerField(verbose_name='end offset')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('declined', models.BooleanField(default=False, verbose_name='declined')),
            ],
            options={
                'verbose_name': 'suggestion',
                'verbose_name_plural': 'suggestions',
            },
        ),
        migrations.CreateModel(
            name='SuggestionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('start_offset', models.PositiveIntegerField(verbose_name='start offset')),
                ('end_offset', models.PositiveIntegerField(verbose_name='end offset')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('declined', models.BooleanField(default=False, verbose_name='declined')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Takeover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'verbose_name': 'takeover',
                'verbose_name_plural': 'takeovers',
            },
        ),
        migrations.CreateModel(
            name='Timestamp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(help_text='In UTC.', unique=True)),
                ('response', models.BinaryField(help_text="The authority's answer, TimeStampResp in DER.")),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim', models.BigIntegerField()),
            ],
            options={
                'verbose_name_plural': 'told',
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('slug', models.SlugField(max_length=200, unique=True, verbose_name='slug')),
                ('review_after', models.PositiveSmallIntegerField(blank=True, help_text='Days after its publication by which the desk looks at a verdict again. Empty: it need not.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3650)], verbose_name='review after')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
            },
        ),
        migrations.CreateModel(
            name='TopicEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('slug', models.SlugField(db_index=False, max_length=200, verbose_name='slug')),
                ('review_after', models.PositiveSmallIntegerField(blank=True, help_text='Days after its publication by which the desk looks at a verdict again. Empty: it need not.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3650)], verbose_name='review after')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('lines', 'Claims, one JSON object on each line'), ('table', 'Claims, a table (CSV)'), ('claimreview', 'ClaimReview of other publishers')], max_length=11)),
                ('content', models.BinaryField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='For machines; never changes once the step is used.', unique=True, verbose_name='code')),
                ('label', models.CharField(max_length=100, verbose_name='label')),
                ('labels', models.JSONField(blank=True, default=dict, help_text='By the code of the language. Where there is none, the label itself is shown.', verbose_name='labels in other languages')),
                ('value', models.PositiveSmallIntegerField(blank=True, help_text='1 (False) to 5 (True); empty for a step off the scale.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='value')),
                ('description', models.TextField(blank=True, help_text='What this step means, for readers.', verbose_name='description')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'verdict',
                'verbose_name_plural': 'verdicts',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VerdictEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, help_text='For machines; never changes once the step is used.', verbose_name='code')),
                ('label', models.CharField(max_length=100, verbose_name='label')),
                ('labels', models.JSONField(blank=True, default=dict, help_text='By the code of the language. Where there is none, the label itself is shown.', verbose_name='labels in other languages')),
                ('value', models.PositiveSmallIntegerField(blank=True, help_text='1 (False) to 5 (True); empty for a step off the scale.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='value')),
                ('description', models.TextField(blank=True, help_text='What this step means, for readers.', verbose_name='description')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('endpoint', models.CharField(max_length=2000, verbose_name='address')),
                ('filters', models.CharField(blank=True, max_length=2000, verbose_name='filters')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('claim', 'Claim'), ('speaker', 'Speaker'), ('source', 'Source'), ('article', 'Article'), ('topic', 'Topic'), ('verdict', 'Verdict')], max_length=7), size=None, verbose_name='what it is told of')),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('off', 'Switched off')], default='active', max_length=6, verbose_name='state')),
                ('off_because', models.CharField(blank=True, choices=[('gone', 'The receiver answered 410 Gone'), ('failing', 'Nothing arrived for five days'), ('secret', 'Its secret cannot be read: the key of the site has changed')], max_length=7, verbose_name='switched off because')),
                ('secret', models.CharField(editable=False, help_text='Encrypted (claims.webhooks.signing).', max_length=300)),
                ('old_secret', models.CharField(blank=True, editable=False, help_text='Encrypted.', max_length=300)),
                ('old_secret_until', models.DateTimeField(editable=False, null=True, verbose_name='the old secret signs until')),
                ('era', models.SmallIntegerField(default=0)),
                ('xact', models.BigIntegerField(default=0)),
                ('change', models.BigIntegerField(default=0)),
                ('life', models.SmallIntegerField(default=0, help_text='The era of the ledger in which it last worked.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('delivered_at', models.DateTimeField(editable=False, null=True, verbose_name='last delivery')),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('failing_since', models.DateTimeField(editable=False, null=True, verbose_name='failing since')),
                ('rests_until', models.DateTimeField(editable=False, null=True)),
                ('lease', models.UUIDField(editable=False, null=True)),
                ('leased_until', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhooks',
            },
        ),
        migrations.CreateModel(
            name='WebhookEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('endpoint', models.CharField(max_length=2000, verbose_name='address')),
                ('filters', models.CharField(blank=True, max_length=2000, verbose_name='filters')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('claim', 'Claim'), ('speaker', 'Speaker'), ('source', 'Source'), ('article', 'Article'), ('topic', 'Topic'), ('verdict', 'Verdict')], max_length=7), size=None, verbose_name='what it is told of')),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('off', 'Switched off')], default='active', max_length=6, verbose_name='state')),
                ('off_because', models.CharField(blank=True, choices=[('gone', 'The receiver answered 410 Gone'), ('failing', 'Nothing arrived for five days'), ('secret', 'Its secret cannot be read: the key of the site has changed')], max_length=7, verbose_name='switched off because')),
                ('old_secret_until', models.DateTimeField(editable=False, null=True, verbose_name='the old secret signs until')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AliasEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('key', claimtrack.db.names.IdentityField(editable=False, max_length=600)),
                ('folded', claimtrack.db.names.FoldedField(editable=False, max_length=600)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.alias')),
            ],
            options={
                'abstract': False,
            },
        ),
        Together([
            migrations.AddField(
                model_name='appearance',
                name='snapshot',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='sources.snapshot', verbose_name='snapshot'),
            ),
            migrations.AddField(
                model_name='appearanceevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='appearanceevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.appearance'),
            ),
            migrations.AddField(
                model_name='appearanceevent',
                name='snapshot',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.snapshot', verbose_name='snapshot'),
            ),
            migrations.AddIndex(
                model_name='change',
                index=models.Index(fields=['era', 'xact', 'id'], name='change_order'),
            ),
            migrations.AddConstraint(
                model_name='change',
                constraint=models.UniqueConstraint(condition=models.Q(('kind', 'claim'), _negated=True), fields=('era', 'xact', 'kind', 'row_id'), name='change_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='change',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='e05dce100827a5f07a50be62029103ade5e03921', operation='UPDATE', pgid='pgtrigger_frozen_update_18066', table='claims_change', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='change',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='640c8d93c15366ee386fdb93880b82d814db49e9', operation='DELETE', pgid='pgtrigger_frozen_delete_912d2', table='claims_change', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='change',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='05b85a497a914467bf9f03f0f4ae26d47a79868f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_0b09d', table='claims_change', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='change',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='ee0aceba419a61d0858d0f3f55b7bb0f458f77dc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_6248d', table='claims_change', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='checkpoint',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='daec775f708689a7b97a57e430af25de67850638', operation='UPDATE', pgid='pgtrigger_frozen_update_56f14', table='claims_checkpoint', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='checkpoint',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='807f11de32b99b558b263a627137f7ea260245f9', operation='DELETE', pgid='pgtrigger_frozen_delete_4e004', table='claims_checkpoint', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='checkpoint',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='f9a4b7b98a686db3e27ef1c66a79e3a0fd9b3dc4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_647ff', table='claims_checkpoint', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='checkpoint',
                trigger=pgtrigger.compiler.Trigger(name='dated', sql=claimtrack.db.guards.GuardSql(func='NEW.at := statement_timestamp(); RETURN NEW;', hash='70dda8a1843283ee6511ecf289b46167f83a9979', operation='INSERT', pgid='pgtrigger_dated_2069d', table='claims_checkpoint', when='BEFORE')),
            ),
        ]),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('claim', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='document', serialize=False, to='claims.claim')),
                ('head', models.TextField(help_text='From text to status.')),
                ('tail', models.TextField(help_text='From speaker to reviewed_at.')),
            ],
        ),
        Together([
            migrations.AddField(
                model_name='claim',
                name='assignee',
                field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assignee'),
            ),
            migrations.AddField(
                model_name='claim',
                name='created_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by'),
            ),
            migrations.AddField(
                model_name='claim',
                name='merged_into',
                field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='claims.claim', verbose_name='merged into'),
            ),
            migrations.AddField(
                model_name='appearanceevent',
                name='claim',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='appearance',
                name='claim',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='claimevent',
                name='assignee',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assignee'),
            ),
            migrations.AddField(
                model_name='claimevent',
                name='created_by',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by'),
            ),
            migrations.AddField(
                model_name='claimevent',
                name='merged_into',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim', verbose_name='merged into'),
            ),
            migrations.AddField(
                model_name='claimevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='claimevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.claim'),
            ),
        ]),
        migrations.CreateModel(
            name='ClaimSource',
            fields=[
                ('pk', models.CompositePrimaryKey('source_id', 'created_at', 'claim_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(help_text='Of the claim.')),
                ('claim', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='sources', to='claims.claim')),
                ('source', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sources.source')),
            ],
        ),
        Together([
            migrations.AddField(
                model_name='claimtopic',
                name='claim',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='claims.claim'),
            ),
            migrations.AddField(
                model_name='claimtopicevent',
                name='claim',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
            ),
            migrations.AddField(
                model_name='claimtopicevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='claimtopicevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.claimtopic'),
            ),
            migrations.AddField(
                model_name='comment',
                name='author',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='comment',
                name='claim',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='claims.claim'),
            ),
            migrations.AddField(
                model_name='cosignature',
                name='checkpoint',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='claims.checkpoint'),
            ),
            migrations.AddField(
                model_name='distinct',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='distinct',
                name='claim_a',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim', verbose_name='claim a'),
            ),
            migrations.AddField(
                model_name='distinct',
                name='claim_b',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim', verbose_name='claim b'),
            ),
            migrations.AddField(
                model_name='draft',
                name='author',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
            ),
            migrations.AddField(
                model_name='draft',
                name='claim',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='evidence',
                name='snapshot',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='sources.snapshot', verbose_name='snapshot'),
            ),
            migrations.AddField(
                model_name='externalreview',
                name='claim',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='external_reviews', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='externalreview',
                name='imported_by',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='imported by'),
            ),
            migrations.AddField(
                model_name='externalreviewevent',
                name='claim',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='externalreviewevent',
                name='imported_by',
                field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='imported by'),
            ),
            migrations.AddField(
                model_name='externalreviewevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='externalreviewevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.externalreview'),
            ),
            migrations.AddIndex(
                model_name='frequencychange',
                index=models.Index(fields=['lexeme'], include=('claims', 'lexemes'), name='frequency_change_lexeme'),
            ),
            migrations.AddField(
                model_name='inquiry',
                name='by',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='inquiry',
                name='claim',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='inquiry',
                name='published_by',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
            ),
            migrations.AddField(
                model_name='inquiry',
                name='source',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='sources.source', verbose_name='source'),
            ),
            migrations.AddField(
                model_name='inquiry',
                name='withdrawn_by',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by'),
            ),
        ]),
        migrations.CreateModel(
            name='LogOpening',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='opening', serialize=False, to='claims.logentry')),
                ('texts', models.JSONField()),
            ],
        ),
        Together([
            migrations.AddField(
                model_name='logentry',
                name='claim',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim'),
            ),
            migrations.AddField(
                model_name='logentry',
                name='loser',
                field=models.ForeignKey(help_text='Of a merge.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim'),
            ),
            migrations.AddField(
                model_name='logentry',
                name='redaction',
                field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='logged', to='claimtrack.redaction'),
            ),
            migrations.AddField(
                model_name='logentry',
                name='snapshot',
                field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='logged', to='sources.snapshot'),
            ),
            migrations.AddConstraint(
                model_name='logtile',
                constraint=models.UniqueConstraint(fields=('level', 'index'), name='logtile_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logtile',
                trigger=pgtrigger.compiler.Trigger(name='grows', sql=claimtrack.db.guards.GuardSql(func="\n            IF (OLD.id, OLD.level, OLD.index) IS DISTINCT FROM (NEW.id, NEW.level, NEW.index)\n               OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes\n            THEN RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n            END IF;\n            RETURN NEW;", hash='13b9d8b08de9777642f52d8dc650d7b811222b65', operation='UPDATE', pgid='pgtrigger_grows_7d43e', table='claims_logtile', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logtile',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='c96f11fea1f8b92dc503ec09251bb330670ea2ba', operation='DELETE', pgid='pgtrigger_frozen_delete_5b35a', table='claims_logtile', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logtile',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='e3fdaf6c3feb09304cbd8ff47146d479a66f897c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_32dc6', table='claims_logtile', when='BEFORE')),
            ),
            migrations.AddField(
                model_name='merge',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='merge',
                name='loser_claim',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merges_lost', to='claims.claim', verbose_name='loser claim'),
            ),
            migrations.AddField(
                model_name='merge',
                name='undone_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by'),
            ),
            migrations.AddField(
                model_name='merge',
                name='winner_claim',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merges_won', to='claims.claim', verbose_name='winner claim'),
            ),
            migrations.AddField(
                model_name='notice',
                name='by',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='notice',
                name='claim',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='claims.claim'),
            ),
            migrations.AddField(
                model_name='notice',
                name='comment',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.comment'),
            ),
            migrations.AddField(
                model_name='notice',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='outcome',
                name='by',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='outcome',
                name='inquiry',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='claims.inquiry', verbose_name='inquiry'),
            ),
            migrations.AddField(
                model_name='outcome',
                name='published_by',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
            ),
            migrations.AddField(
                model_name='outcome',
                name='withdrawn_by',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rationaletemplate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_rationaletemplateevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."text"); RETURN NULL;', hash='3f0a2e92aeede3b00b51f5aec8bccaed0617b8a0', operation='UPDATE', pgid='pgtrigger_update_update_2a759', table='claims_rationaletemplate', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rationaletemplate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_rationaletemplateevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text"); RETURN NULL;', hash='2e895ca380a0f10b857d81257ed0cc509ad961bb', operation='DELETE', pgid='pgtrigger_delete_delete_0af53', table='claims_rationaletemplate', when='AFTER')),
            ),
            migrations.AddField(
                model_name='rationaletemplateevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='rationaletemplateevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.rationaletemplate'),
            ),
            migrations.AddField(
                model_name='request',
                name='by',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='request',
                name='claim',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='request', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='request',
                name='person',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
            ),
            migrations.AddField(
                model_name='requestevent',
                name='by',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='requestevent',
                name='claim',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='requestevent',
                name='person',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
            ),
            migrations.AddField(
                model_name='requestevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='requestevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.request'),
            ),
            migrations.AddField(
                model_name='review',
                name='approves',
                field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approval', to='claims.review', verbose_name='approves'),
            ),
            migrations.AddField(
                model_name='review',
                name='claim',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='review',
                name='replaces',
                field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='claims.review', verbose_name='replaces'),
            ),
            migrations.AddField(
                model_name='review',
                name='reviewer',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewer'),
            ),
            migrations.AddField(
                model_name='logentry',
                name='review',
                field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='logged', to='claims.review'),
            ),
            migrations.AddField(
                model_name='evidence',
                name='review',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='claims.review', verbose_name='review'),
            ),
            migrations.AddField(
                model_name='savedview',
                name='owner',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='sourcechange',
                name='claim',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='sourcechange',
                name='later',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='later snapshot'),
            ),
            migrations.AddField(
                model_name='sourcechange',
                name='snapshot',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='snapshot'),
            ),
            migrations.AddField(
                model_name='sourcedecision',
                name='by',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='sourcedecision',
                name='claim',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='sourcedecision',
                name='later',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='later snapshot'),
            ),
            migrations.AddField(
                model_name='sourcedecision',
                name='snapshot',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='snapshot'),
            ),
            migrations.AddField(
                model_name='speaker',
                name='merged_into',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='claims.speaker', verbose_name='merged into'),
            ),
            migrations.AddField(
                model_name='merge',
                name='loser_speaker',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merges_lost', to='claims.speaker', verbose_name='loser speaker'),
            ),
            migrations.AddField(
                model_name='merge',
                name='winner_speaker',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merges_won', to='claims.speaker', verbose_name='winner speaker'),
            ),
            migrations.AddField(
                model_name='logentry',
                name='speaker',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.speaker'),
            ),
            migrations.AddField(
                model_name='inquiry',
                name='speaker',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='claims.speaker', verbose_name='speaker'),
            ),
            migrations.AddField(
                model_name='distinct',
                name='speaker_a',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.speaker', verbose_name='speaker a'),
            ),
            migrations.AddField(
                model_name='distinct',
                name='speaker_b',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.speaker', verbose_name='speaker b'),
            ),
            migrations.AddField(
                model_name='claimevent',
                name='speaker',
                field=models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: not known.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker', verbose_name='speaker'),
            ),
            migrations.AddField(
                model_name='claim',
                name='speaker',
                field=models.ForeignKey(blank=True, db_index=False, help_text='Empty: not known.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='claims.speaker', verbose_name='speaker'),
            ),
            migrations.AddField(
                model_name='aliasevent',
                name='speaker',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker', verbose_name='speaker'),
            ),
            migrations.AddField(
                model_name='alias',
                name='speaker',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='claims.speaker', verbose_name='speaker'),
            ),
            migrations.AddField(
                model_name='speakerevent',
                name='merged_into',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker', verbose_name='merged into'),
            ),
            migrations.AddField(
                model_name='speakerevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='speakerevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.speaker'),
            ),
            migrations.AddIndex(
                model_name='stale',
                index=models.Index(fields=['kind', 'row_id'], name='stale_row'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='stale',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(declare='DECLARE stack text;', func="\n            GET DIAGNOSTICS stack = PG_CONTEXT;\n            IF NOT (position('claims_mark_stale(text,bigint)' IN stack) > 0 OR position('claims_catch_up(bigint)' IN stack) > 0)\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='e7d939d0c837ea742a6b22437c68226b6d076a67', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_derived_8d33a', table='claims_stale', when='BEFORE')),
            ),
            migrations.AddField(
                model_name='suggestion',
                name='by',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='suggestion',
                name='claim',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='suggestion',
                name='snapshot',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.snapshot', verbose_name='snapshot'),
            ),
            migrations.AddField(
                model_name='suggestionevent',
                name='by',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='suggestionevent',
                name='claim',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='suggestionevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='suggestionevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.suggestion'),
            ),
            migrations.AddField(
                model_name='suggestionevent',
                name='snapshot',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.snapshot', verbose_name='snapshot'),
            ),
            migrations.AddField(
                model_name='takeover',
                name='by',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
            ),
            migrations.AddField(
                model_name='takeover',
                name='claim',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takeovers', to='claims.claim', verbose_name='claim'),
            ),
            migrations.AddField(
                model_name='takeover',
                name='taken_from',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken from'),
            ),
            migrations.AddField(
                model_name='timestamp',
                name='checkpoint',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='timestamps', to='claims.checkpoint'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='topic_name'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('slug__regex', '^[-a-z0-9_]+$')), name='topic_slug'),
            ),
            migrations.AddConstraint(
                model_name='topic',
                constraint=models.CheckConstraint(condition=models.Q(('review_after', None), ('review_after__range', (1, 3650)), _connector='OR'), name='topic_review_after'),
            ),
            migrations.AddField(
                model_name='claimtopicevent',
                name='topic',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.topic'),
            ),
            migrations.AddField(
                model_name='claimtopic',
                name='topic',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='claims.topic'),
            ),
            migrations.AddField(
                model_name='claim',
                name='topics',
                field=models.ManyToManyField(blank=True, related_name='claims', through='claims.ClaimTopic', to='claims.topic', verbose_name='topics'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topic',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_topicevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_after", "slug") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."review_after", OLD."slug"); RETURN NULL;', hash='1fe6e5cd69ef661c63f6f94759b662dc76f70449', operation='UPDATE', pgid='pgtrigger_update_update_010ac', table='claims_topic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topic',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_topicevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_after", "slug") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_after", OLD."slug"); RETURN NULL;', hash='6b97a43e5755114ea5785746f1a4071db84a4e98', operation='DELETE', pgid='pgtrigger_delete_delete_a32b8', table='claims_topic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topic',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='15213d645d2ca42ffb8bdee4358fc18b771d7784', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_8d35b', table='claims_topic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topic',
                trigger=pgtrigger.compiler.Trigger(name='report_topic', sql=claimtrack.db.guards.GuardSql(func="PERFORM claims_record_change('topic', NEW.id); RETURN NULL;", hash='0b71b8e45b66c6d60b6399637fb863e8b2579283', operation='UPDATE', pgid='pgtrigger_report_topic_9cc2f', table='claims_topic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topic',
                trigger=pgtrigger.compiler.Trigger(name='mark_documents', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."slug" IS DISTINCT FROM (NEW."slug"))', func="PERFORM claims_mark_stale('topic', NEW.id); RETURN NULL;", hash='308a67304b419c028f699eebe666e216d0ffdc86', operation='UPDATE', pgid='pgtrigger_mark_documents_236b9', table='claims_topic', when='AFTER')),
            ),
            migrations.AddField(
                model_name='topicevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='topicevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.topic'),
            ),
            migrations.AddField(
                model_name='upload',
                name='user',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddConstraint(
                model_name='verdict',
                constraint=models.CheckConstraint(condition=models.Q(('value', None), ('value__range', (1, 5)), _connector='OR'), name='verdict_value'),
            ),
            migrations.AddConstraint(
                model_name='verdict',
                constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9_]+$')), name='verdict_code'),
            ),
            migrations.AddConstraint(
                model_name='verdict',
                constraint=models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='verdict_label'),
            ),
            migrations.AddConstraint(
                model_name='verdict',
                constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('label'), name='verdict_label_once'),
            ),
            migrations.AddField(
                model_name='review',
                name='verdict',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.verdict', verbose_name='verdict'),
            ),
            migrations.AddField(
                model_name='draft',
                name='verdict',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.verdict', verbose_name='verdict'),
            ),
            migrations.AddField(
                model_name='claimevent',
                name='verdict',
                field=models.ForeignKey(blank=True, db_constraint=False, help_text='In force.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.verdict', verbose_name='verdict'),
            ),
            migrations.AddField(
                model_name='claim',
                name='verdict',
                field=models.ForeignKey(blank=True, db_index=False, help_text='In force.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.verdict', verbose_name='verdict'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='verdict',
                trigger=pgtrigger.compiler.Trigger(name='used_step', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."value" IS DISTINCT FROM (NEW."value"))', func="\n            IF EXISTS (SELECT FROM claims_review WHERE verdict_id = OLD.id)\n            THEN RAISE EXCEPTION 'A step that a review uses keeps its code and value' USING ERRCODE = '23514', CONSTRAINT = 'used_step';\n            END IF;\n            RETURN NEW;", hash='dc82171d2113af196a385abbaedf6fd58987aca7', operation='UPDATE OF "code", "value"', pgid='pgtrigger_used_step_fbe31', table='claims_verdict', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='verdict',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_verdictevent" ("code", "description", "id", "label", "labels", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "value") VALUES (OLD."code", OLD."description", OLD."id", OLD."label", OLD."labels", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."position", OLD."value"); RETURN NULL;', hash='f854ef0e0666898b2366aa8ba18c0fec7dd05865', operation='UPDATE', pgid='pgtrigger_update_update_05fe6', table='claims_verdict', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='verdict',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_verdictevent" ("code", "description", "id", "label", "labels", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "value") VALUES (OLD."code", OLD."description", OLD."id", OLD."label", OLD."labels", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."value"); RETURN NULL;', hash='4da0c9e2f61d246b593e9ccc555f148461eb6fb7', operation='DELETE', pgid='pgtrigger_delete_delete_83861', table='claims_verdict', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='verdict',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='04111aa8e62b6951b90e39eff3fce5b9a75a29cc', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_36c41', table='claims_verdict', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='verdict',
                trigger=pgtrigger.compiler.Trigger(name='report_verdict', sql=claimtrack.db.guards.GuardSql(func="PERFORM claims_record_change('verdict', OLD.id); RETURN NULL;", hash='4850cb3656e400517f9227c846ac1a79dcb68a7b', operation='UPDATE OR DELETE', pgid='pgtrigger_report_verdict_aaa17', table='claims_verdict', when='AFTER')),
            ),
            migrations.AddField(
                model_name='verdictevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='verdictevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.verdict'),
            ),
            migrations.AddField(
                model_name='webhook',
                name='created_by',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by'),
            ),
            migrations.AddField(
                model_name='told',
                name='webhook',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.webhook'),
            ),
            migrations.AddField(
                model_name='notice',
                name='webhook',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.webhook'),
            ),
            migrations.AddField(
                model_name='delivery',
                name='webhook',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='claims.webhook'),
            ),
            migrations.AddField(
                model_name='webhookevent',
                name='created_by',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by'),
            ),
            migrations.AddField(
                model_name='webhookevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='webhookevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.webhook'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='document',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(declare='DECLARE stack text;', func="\n            GET DIAGNOSTICS stack = PG_CONTEXT;\n            IF NOT (position('claims_renew_documents(bigint[])' IN stack) > 0)\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='b9d20b7f2547c2ee7ed92ed3b0045a09f0c4178c', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_derived_4147e', table='claims_document', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearanceevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='a1f51200aec8ba10ae81f89afa43d0b0dda8406e', operation='UPDATE', pgid='pgtrigger_frozen_update_0bb57', table='claims_appearanceevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearanceevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='135fe9f0d706b54a9335bb43c8a91533b38ced51', operation='DELETE', pgid='pgtrigger_frozen_delete_af62c', table='claims_appearanceevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearanceevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='b95e4a5bcab67aecfe325ab90b0eae5aa70e4ed3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_c9a6b', table='claims_appearanceevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearanceevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='b3f112fc3555d9f29330fd6408f3026b6d808c10', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_84e55', table='claims_appearanceevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='appearance',
                constraint=models.CheckConstraint(condition=models.Q(('start_offset__gte', 0), ('start_offset__lt', models.F('end_offset'))), name='appearance_offsets'),
            ),
            migrations.AddConstraint(
                model_name='appearance',
                constraint=models.CheckConstraint(condition=models.Q(('end_offset', django.db.models.expressions.CombinedExpression(models.F('start_offset'), '+', django.db.models.functions.text.Length('quote')))), name='appearance_length'),
            ),
            migrations.AddConstraint(
                model_name='appearance',
                constraint=models.UniqueConstraint(fields=('claim', 'snapshot', 'start_offset'), name='appearance_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='slice', sql=claimtrack.db.guards.GuardSql(func="\n    IF EXISTS (\n        SELECT FROM inserted a LEFT JOIN sources_snapshot s ON s.id = a.snapshot_id\n        WHERE a.snapshot_id IS NOT NULL AND (\n            char_length(a.prefix) IS DISTINCT FROM least(a.start_offset, 100)\n            OR substr(s.text, a.start_offset - char_length(a.prefix) + 1,\n                      char_length(a.prefix) + a.end_offset - a.start_offset + 100)\n               IS DISTINCT FROM a.prefix || a.quote || a.suffix))\n    THEN RAISE EXCEPTION 'A quote is the exact slice of its snapshot, with what stands around it' USING ERRCODE = '23514', CONSTRAINT = 'quote_not_slice';\n    END IF;\n    IF EXISTS (SELECT FROM inserted a JOIN claims_claim c ON c.id = a.claim_id\n               WHERE c.status = 'awaiting_approval' OR c.merged_into_id IS NOT NULL)\n    THEN RAISE EXCEPTION 'The appearances of this claim are closed: a verdict is in force or awaits approval, or the claim was merged away' USING ERRCODE = '23514', CONSTRAINT = 'appearances_closed';\n    END IF;\n        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language), version = c.version + 1,\n            updated_at = statement_timestamp()\n        WHERE c.id IN (SELECT claim_id FROM inserted);\n        INSERT INTO claims_claimsource (source_id, created_at, claim_id)\n            SELECT DISTINCT r.source_id, c.created_at, c.id\n            FROM claims_claim c JOIN claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id ON a.claim_id = c.id WHERE c.id IN (SELECT claim_id FROM inserted)\n            ON CONFLICT DO NOTHING; RETURN NULL;", hash='2591d785329b0902c5417acbbf956e318ff04435', level='STATEMENT', operation='INSERT', pgid='pgtrigger_slice_8ebd1', referencing='REFERENCING NEW TABLE AS inserted ', table='claims_appearance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='only_a_merge_moves', sql=claimtrack.db.guards.GuardSql(func="\n            IF (claimtrack_redacts(TG_TABLE_NAME, NEW.id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) AND (NEW.snapshot_id IS NULL OR NEW.prefix || NEW.quote || NEW.suffix IS NOT DISTINCT FROM (\n    SELECT substr(text, NEW.start_offset - char_length(NEW.prefix) + 1,\n                  char_length(NEW.prefix) + char_length(NEW.quote) + char_length(NEW.suffix))\n    FROM sources_snapshot WHERE id = NEW.snapshot_id)) THEN RETURN NEW; END IF;\n            IF to_jsonb(OLD) - 'claim_id' IS DISTINCT FROM to_jsonb(NEW) - 'claim_id' OR NOT EXISTS (\n                SELECT FROM claims_merge WHERE\n                (loser_claim_id = OLD.claim_id AND winner_claim_id = NEW.claim_id AND undone_at IS NULL) OR\n                (winner_claim_id = OLD.claim_id AND loser_claim_id = NEW.claim_id AND undone_at IS NOT NULL\n                 AND moved->'appearances' @> to_jsonb(OLD.id)))\n            THEN RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n            END IF;\n            RETURN NEW;", hash='7a317d44ecb86c769fdf95964c4c057a3200520c', operation='UPDATE', pgid='pgtrigger_only_a_merge_moves_f231f', table='claims_appearance', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='moved', sql=claimtrack.db.guards.GuardSql(func="\n            IF EXISTS (SELECT FROM claims_claim c WHERE c.status = 'awaiting_approval' AND c.id IN (SELECT claim_id FROM before UNION SELECT claim_id FROM after))\n               AND NOT claimtrack_redacts('claims_appearance', (SELECT min(id) FROM after))\n            THEN RAISE EXCEPTION 'The appearances of this claim are closed: a verdict is in force or awaits approval, or the claim was merged away' USING ERRCODE = '23514', CONSTRAINT = 'appearances_closed';\n            END IF;\n            IF EXISTS (SELECT FROM claims_claim c WHERE c.id IN (SELECT claim_id FROM before)\n                       AND c.origin <> 'claimreview' AND c.merged_into_id IS NULL\n                       AND NOT EXISTS (SELECT FROM claims_appearance WHERE claim_id = c.id))\n            THEN RAISE EXCEPTION 'The last appearance of a claim stays' USING ERRCODE = '23514', CONSTRAINT = 'last_appearance';\n            END IF;\n        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language), version = c.version + 1,\n            updated_at = statement_timestamp()\n        WHERE c.id IN (SELECT claim_id FROM (SELECT claim_id FROM before UNION SELECT claim_id FROM after) moved);\n        DELETE FROM claims_claimsource f WHERE f.claim_id IN (SELECT claim_id FROM before UNION SELECT claim_id FROM after) AND NOT EXISTS\n            (SELECT FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id WHERE a.claim_id = f.claim_id AND r.source_id = f.source_id);\n        INSERT INTO claims_claimsource (source_id, created_at, claim_id)\n            SELECT DISTINCT r.source_id, c.created_at, c.id\n            FROM claims_claim c JOIN claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id ON a.claim_id = c.id WHERE c.id IN (SELECT claim_id FROM before UNION SELECT claim_id FROM after)\n            ON CONFLICT DO NOTHING; RETURN NULL;", hash='2a3dfab202fc3435db1a114a040c8ea581e741bd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_moved_9b199', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='claims_appearance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='last_stays', sql=claimtrack.db.guards.GuardSql(declare='DECLARE c claims_claim;', func="\n            SELECT * INTO c FROM claims_claim WHERE id = OLD.claim_id FOR NO KEY UPDATE;\n            IF c.verdict_id IS NOT NULL OR c.status = 'awaiting_approval' OR c.merged_into_id IS NOT NULL\n            THEN RAISE EXCEPTION 'The appearances of this claim are closed: a verdict is in force or awaits approval, or the claim was merged away' USING ERRCODE = '23514', CONSTRAINT = 'appearances_closed';\n            END IF;\n            IF c.origin <> 'claimreview' AND NOT EXISTS\n                (SELECT FROM claims_appearance WHERE claim_id = OLD.claim_id AND id <> OLD.id)\n            THEN RAISE EXCEPTION 'The last appearance of a claim stays' USING ERRCODE = '23514', CONSTRAINT = 'last_appearance';\n            END IF;\n            IF EXISTS (SELECT FROM claims_merge WHERE winner_claim_id = OLD.claim_id AND undone_at IS NULL\n                       AND moved->'appearances' @> to_jsonb(OLD.id))\n            THEN RAISE EXCEPTION 'An appearance that came with a merge goes with its undoing' USING ERRCODE = '23514', CONSTRAINT = 'merged_appearance';\n            END IF;\n            RETURN OLD;", hash='f1982a780a9eb80a4e19d3e22d431f48e48d241e', operation='DELETE', pgid='pgtrigger_last_stays_56877', table='claims_appearance', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='deleted', sql=claimtrack.db.guards.GuardSql(func='\n        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language), version = c.version + 1,\n            updated_at = statement_timestamp()\n        WHERE c.id IN (SELECT claim_id FROM deleted);\n        DELETE FROM claims_claimsource f WHERE f.claim_id IN (SELECT claim_id FROM deleted) AND NOT EXISTS\n            (SELECT FROM claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id WHERE a.claim_id = f.claim_id AND r.source_id = f.source_id);\n        INSERT INTO claims_claimsource (source_id, created_at, claim_id)\n            SELECT DISTINCT r.source_id, c.created_at, c.id\n            FROM claims_claim c JOIN claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id ON a.claim_id = c.id WHERE c.id IN (SELECT claim_id FROM deleted)\n            ON CONFLICT DO NOTHING; RETURN NULL;', hash='437e46b860a94f4e6b22c0a03d0c162eb0dd19f5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_deleted_75f10', referencing='REFERENCING OLD TABLE AS deleted ', table='claims_appearance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='dbabf499cd6d3524453d25a05b1661e39472c49c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_97d77', table='claims_appearance', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=claimtrack.db.guards.GuardSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_appearanceevent" ("claim_id", "end_offset", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "quote", "snapshot_id", "start_offset", "suffix") SELECT new_values."claim_id", new_values."end_offset", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."prefix", new_values."quote", new_values."snapshot_id", new_values."start_offset", new_values."suffix" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='86945ce42fe9ce535d98bd54988c06fd210986d9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_58226', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_appearance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_appearanceevent" ("claim_id", "end_offset", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "quote", "snapshot_id", "start_offset", "suffix") VALUES (OLD."claim_id", OLD."end_offset", OLD."id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."prefix", OLD."quote", OLD."snapshot_id", OLD."start_offset", OLD."suffix"); RETURN NULL;', hash='9c6bfd547c9ea17ba5e865c83e0cb9241e9c92d0', operation='UPDATE', pgid='pgtrigger_update_update_cdcd1', table='claims_appearance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_appearanceevent" ("claim_id", "end_offset", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "quote", "snapshot_id", "start_offset", "suffix") VALUES (OLD."claim_id", OLD."end_offset", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prefix", OLD."quote", OLD."snapshot_id", OLD."start_offset", OLD."suffix"); RETURN NULL;', hash='416a633d6435c3036c74a6eb1a1024b791859c8a', operation='DELETE', pgid='pgtrigger_delete_delete_2b6e2', table='claims_appearance', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='appearance',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='109ceab1194a5bbb03e04ee24291d3101315f1ef', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_b1acc', table='claims_appearance', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='claimsource',
                index=models.Index(fields=['claim'], name='claim_source_claim'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimsource',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='ca56d4ec5d3b08013b2f4052a2e7ffa33d5e9ef3', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_derived_7f550', table='claims_claimsource', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='comment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), models.Q(('text', ''), _negated=True)), models.Q(('text', ''), ('withdrawn_at__isnull', False)), _connector='OR'), name='comment_text'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='comment',
                trigger=pgtrigger.compiler.Trigger(name='comment_insert', sql=claimtrack.db.guards.GuardSql(func='\n            NEW.at := statement_timestamp();\n            NEW.withdrawn_at := NULL;\n            RETURN NEW;', hash='feb505427966f3e399547b2ec771d984ab780101', operation='INSERT', pgid='pgtrigger_comment_insert_12a50', table='claims_comment', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='comment',
                trigger=pgtrigger.compiler.Trigger(name='comment_withdrawn', sql=claimtrack.db.guards.GuardSql(func="\n            IF (claimtrack_redacts(TG_TABLE_NAME, NEW.id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF;\n            IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR NEW.text <> ''\n               OR (OLD.id, OLD.claim_id, OLD.author_id, OLD.at) IS DISTINCT FROM (NEW.id, NEW.claim_id, NEW.author_id, NEW.at)\n            THEN RAISE EXCEPTION 'A comment can be withdrawn; it does not change otherwise, and is never deleted' USING ERRCODE = '23514', CONSTRAINT = 'comment_frozen';\n            END IF;\n            NEW.withdrawn_at := statement_timestamp();\n            RETURN NEW;", hash='04e6f90c3706e6a7792a0d42504747427a8e185e', operation='UPDATE', pgid='pgtrigger_comment_withdrawn_037d4', table='claims_comment', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='comment',
                trigger=pgtrigger.compiler.Trigger(name='comment_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'A comment can be withdrawn; it does not change otherwise, and is never deleted' USING ERRCODE = '23514', CONSTRAINT = 'comment_frozen';", hash='1d9dae52ed65a9315c828bb0c38a84d108f0e256', operation='DELETE', pgid='pgtrigger_comment_delete_a447f', table='claims_comment', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='comment',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='8a60866e6b36eeb5b8ff81fe4cd993965e1fac91', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_f00b4', table='claims_comment', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='cosignature',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='825b90651d51683211b65ccf42bef0ea1867364a', operation='UPDATE', pgid='pgtrigger_frozen_update_4673d', table='claims_cosignature', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='cosignature',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='bd99ce1f1516577ed8823e7e0fc3a7e2c42938fe', operation='DELETE', pgid='pgtrigger_frozen_delete_aaa1a', table='claims_cosignature', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='cosignature',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='88fc9f65b8b6c382641d737784e6ecaa2d5ebb1d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_29f62', table='claims_cosignature', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='cosignature',
                trigger=pgtrigger.compiler.Trigger(name='dated', sql=claimtrack.db.guards.GuardSql(func='NEW.at := statement_timestamp(); RETURN NEW;', hash='93673a7f06e9e1139b6c4decdcccecc467076040', operation='INSERT', pgid='pgtrigger_dated_0d7f3', table='claims_cosignature', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='externalreview',
                index=models.Index(fields=['publisher_site', 'claim'], name='external_review_site'),
            ),
            migrations.AddIndex(
                model_name='externalreview',
                index=models.Index(claimtrack.db.languages.PrimarySubtag('language'), name='external_review_languages'),
            ),
            migrations.AddIndex(
                model_name='externalreview',
                index=models.Index(fields=['address'], name='external_review_address'),
            ),
            migrations.AddConstraint(
                model_name='externalreview',
                constraint=models.UniqueConstraint(fields=('key', 'claim'), name='external_review_once'),
            ),
            migrations.AddConstraint(
                model_name='externalreview',
                constraint=models.CheckConstraint(condition=models.Q(('url__regex', '^https?://')), name='external_review_url'),
            ),
            migrations.AddConstraint(
                model_name='externalreview',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('publisher', ''), _negated=True), models.Q(('publisher_site', ''), _negated=True)), name='external_review_publisher'),
            ),
            migrations.AddConstraint(
                model_name='externalreview',
                constraint=models.CheckConstraint(condition=models.Q(('language__regex', '^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$')), name='external_review_language'),
            ),
            migrations.AddConstraint(
                model_name='externalreview',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('rating_best', None), ('rating_value', None), ('rating_worst', None)), models.Q(('rating_best__isnull', False), ('rating_value__isnull', False), ('rating_worst__isnull', False), models.Q(('label', ''), _negated=True), models.Q(('rating_value__range', (models.F('rating_worst'), models.F('rating_best'))), ('rating_value__range', (models.F('rating_best'), models.F('rating_worst'))), _connector='OR'), models.Q(('rating_best', models.F('rating_worst')), _negated=True)), _connector='OR'), name='external_review_rating'),
            ),
            migrations.AddConstraint(
                model_name='externalreview',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at', None), ('reviewed_precision', '')), models.Q(('reviewed_at__isnull', False), ('reviewed_precision__in', ('day', 'month', 'year'))), _connector='OR'), name='external_review_reviewed'),
            ),
            migrations.AddConstraint(
                model_name='externalreview',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_at', None), ('claimed_precision', '')), models.Q(('claimed_at__isnull', False), ('claimed_precision__in', ('day', 'month', 'year'))), _connector='OR'), name='external_review_claimed'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='externalreview',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_externalreviewevent" ("address", "claim_id", "claim_reviewed", "claimant", "claimed_at", "claimed_precision", "gone_at", "id", "imported_at", "imported_by_id", "key", "label", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "publisher_site", "rating_best", "rating_value", "rating_worst", "reviewed_at", "reviewed_precision", "title", "url") VALUES (OLD."address", OLD."claim_id", OLD."claim_reviewed", OLD."claimant", OLD."claimed_at", OLD."claimed_precision", OLD."gone_at", OLD."id", OLD."imported_at", OLD."imported_by_id", OLD."key", OLD."label", OLD."language", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."publisher", OLD."publisher_site", OLD."rating_best", OLD."rating_value", OLD."rating_worst", OLD."reviewed_at", OLD."reviewed_precision", OLD."title", OLD."url"); RETURN NULL;', hash='18d58004f8bee6246c746a282a6994d55bfcf5b2', operation='UPDATE', pgid='pgtrigger_update_update_c8151', table='claims_externalreview', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='externalreview',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_externalreviewevent" ("address", "claim_id", "claim_reviewed", "claimant", "claimed_at", "claimed_precision", "gone_at", "id", "imported_at", "imported_by_id", "key", "label", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "publisher_site", "rating_best", "rating_value", "rating_worst", "reviewed_at", "reviewed_precision", "title", "url") VALUES (OLD."address", OLD."claim_id", OLD."claim_reviewed", OLD."claimant", OLD."claimed_at", OLD."claimed_precision", OLD."gone_at", OLD."id", OLD."imported_at", OLD."imported_by_id", OLD."key", OLD."label", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."publisher", OLD."publisher_site", OLD."rating_best", OLD."rating_value", OLD."rating_worst", OLD."reviewed_at", OLD."reviewed_precision", OLD."title", OLD."url"); RETURN NULL;', hash='8ee9b66320cbfc66cfafc960cabdf0040d44861b', operation='DELETE', pgid='pgtrigger_delete_delete_8cbb5', table='claims_externalreview', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='externalreview',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='fa61b917e640c9aac605fb1e3689cf6ff48bf466', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_d7d79', table='claims_externalreview', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='externalreview',
                trigger=pgtrigger.compiler.Trigger(name='renew_search', sql=claimtrack.db.guards.GuardSql(func="IF concat(OLD.title, NEW.title) = '' THEN RETURN NULL; END IF;\n        PERFORM FROM claims_claim WHERE id IN (OLD.claim_id, NEW.claim_id) ORDER BY id FOR NO KEY UPDATE;\n        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language) WHERE id IN (OLD.claim_id, NEW.claim_id);\n        RETURN NULL;", hash='319bc306100a0407049957113106a9ecb2fb8fa7', operation='INSERT OR UPDATE OF "title", "language", "claim_id" OR DELETE', pgid='pgtrigger_renew_search_f377d', table='claims_externalreview', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='externalreviewevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='1dd863668162a042bd618a343c1702a288d8bbfb', operation='UPDATE', pgid='pgtrigger_frozen_update_b634e', table='claims_externalreviewevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='externalreviewevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='241b48dfe318201cddc115989aeff064b8a150e4', operation='DELETE', pgid='pgtrigger_frozen_delete_1b13c', table='claims_externalreviewevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='externalreviewevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='22bcf8ed6a6c42d5ee03b04f845d05efd66aec62', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_a6315', table='claims_externalreviewevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='externalreviewevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='70ba539ad7e6e75d48c87893d5ac6ae3b55e1301', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_c5be2', table='claims_externalreviewevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logopening',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF claimtrack_redacts(TG_TABLE_NAME, NEW.entry_id) AND NEW.entry_id = OLD.entry_id AND OLD.texts @> NEW.texts THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='eff0d46d4ef5f491395b93ce2758722d70cc5c1c', operation='UPDATE', pgid='pgtrigger_frozen_update_2c684', table='claims_logopening', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logopening',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='93f013bbd5ad9ea1cda5333a152f26fc301a8497', operation='DELETE', pgid='pgtrigger_frozen_delete_027b2', table='claims_logopening', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logopening',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='a6ac03ab9bfd8ac2f5d3c4b7ad9098941af165bb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_985ed', table='claims_logopening', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='outcome',
                constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['replied', 'corrected', 'removed', 'declined', 'none'])), name='outcome_answer'),
            ),
            migrations.AddConstraint(
                model_name='outcome',
                constraint=models.CheckConstraint(condition=models.Q(('url', ''), ('url__regex', '^https?://'), _connector='OR'), name='outcome_url'),
            ),
            migrations.AddConstraint(
                model_name='outcome',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_by', None)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='outcome_published'),
            ),
            migrations.AddConstraint(
                model_name='outcome',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('published_at__isnull', False), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='outcome_withdrawn'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='outcome',
                trigger=pgtrigger.compiler.Trigger(name='inquiry_insert', sql=claimtrack.db.guards.GuardSql(func='\n                NEW.at := statement_timestamp();\n                IF NEW.published_at IS NOT NULL THEN NEW.published_at := NEW.at; END IF;\n                NEW.withdrawn_at := NULL;\n                NEW.withdrawn_by_id := NULL;\n                RETURN NEW;', hash='6dd9422aaa8d0802e0d54e2f5fdfc69fc8a3824b', operation='INSERT', pgid='pgtrigger_inquiry_insert_c0ac3', table='claims_outcome', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='outcome',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="\n                IF (claimtrack_redacts(TG_TABLE_NAME, NEW.id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF;\n                IF to_jsonb(OLD) - '{published_at,published_by_id,withdrawn_at,withdrawn_by_id}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{published_at,published_by_id,withdrawn_at,withdrawn_by_id}'::text[]\n                   OR OLD.published_at IS NOT NULL\n                      AND (OLD.published_at, OLD.published_by_id) IS DISTINCT FROM (NEW.published_at, NEW.published_by_id)\n                   OR OLD.withdrawn_at IS NOT NULL\n                THEN RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n                END IF;\n                IF OLD.published_at IS NULL AND NEW.published_at IS NOT NULL\n                THEN NEW.published_at := statement_timestamp();\n                END IF;\n                IF NEW.withdrawn_at IS NOT NULL THEN NEW.withdrawn_at := statement_timestamp(); END IF;\n                RETURN NEW;", hash='e8d2ea3dfec425aa2735aad021f115ef8f1ead5f', operation='UPDATE', pgid='pgtrigger_frozen_update_96afe', table='claims_outcome', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='outcome',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='563f228a1264ee9c8c92eb36e14e8bade4e00737', operation='DELETE', pgid='pgtrigger_frozen_delete_815b1', table='claims_outcome', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='outcome',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='95146a3083735bacaede2cac3c1fee8fa4d6a8ce', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_6c40d', table='claims_outcome', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='outcome',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='f0117958ec9ffe19e34a2d04b6024a7442c0f5f8', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_1755a', table='claims_outcome', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rationaletemplateevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='8d158021ae616586eaf3aea72d5878d8643500fa', operation='UPDATE', pgid='pgtrigger_frozen_update_da2cc', table='claims_rationaletemplateevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rationaletemplateevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='3577a93dae415f20adeb577fc7cff9b10531df04', operation='DELETE', pgid='pgtrigger_frozen_delete_9c656', table='claims_rationaletemplateevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rationaletemplateevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='4b9fd7d0a2b0b67dba5b7f497509cf596d838709', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_ba9e4', table='claims_rationaletemplateevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rationaletemplateevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='3a7791723b43f59bd24d03d315d54b03aea2b3a0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_6954b', table='claims_rationaletemplateevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='request',
                constraint=models.CheckConstraint(condition=models.Q(('priority__in', ['high', 'normal', 'low'])), name='request_priority'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='request',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_requestevent" ("at", "by_id", "claim_id", "due", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority") VALUES (NEW."at", NEW."by_id", NEW."claim_id", NEW."due", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority"); RETURN NULL;', hash='0facbd47464abc0f1529b7c312e93559b42efee4', operation='INSERT', pgid='pgtrigger_insert_insert_16a57', table='claims_request', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='request',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_requestevent" ("at", "by_id", "claim_id", "due", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority") VALUES (NEW."at", NEW."by_id", NEW."claim_id", NEW."due", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority"); RETURN NULL;', hash='9254d80a536313152b23493351bbeb60b0a4eb19', operation='UPDATE', pgid='pgtrigger_update_update_02e98', table='claims_request', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='request',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_requestevent" ("at", "by_id", "claim_id", "due", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority") VALUES (OLD."at", OLD."by_id", OLD."claim_id", OLD."due", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."priority"); RETURN NULL;', hash='3faea69c4073f7b659990b8852b1855893f3f520', operation='DELETE', pgid='pgtrigger_delete_delete_25fcf', table='claims_request', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='requestevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='34988906e615b9edf43dc08fbd8a953e408b7c45', operation='UPDATE', pgid='pgtrigger_frozen_update_4c4fb', table='claims_requestevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='requestevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='906c7430e3bcbdbe3c2ed5890fdee70d2bfbeec7', operation='DELETE', pgid='pgtrigger_frozen_delete_8f1d3', table='claims_requestevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='requestevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='e02edb54d1ee8fda5c0912011a8b03fe0003fc9c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_c0db3', table='claims_requestevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='requestevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='f9a466c2e19461a825dc8ff4131e8f8e07bf6304', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_2e3e8', table='claims_requestevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='evidence',
                constraint=models.CheckConstraint(condition=models.Q(('url__regex', '^https?://')), name='evidence_url'),
            ),
            migrations.AddConstraint(
                model_name='evidence',
                constraint=models.CheckConstraint(condition=models.Q(('stance__in', ['supports', 'refutes', 'context'])), name='evidence_stance'),
            ),
            migrations.AddConstraint(
                model_name='evidence',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_offset', None), ('prefix', ''), ('snapshot', None), ('start_offset', None), ('suffix', '')), models.Q(('end_offset__isnull', False), ('snapshot__isnull', False), ('start_offset__gte', 0), ('start_offset__isnull', False), ('start_offset__lt', models.F('end_offset'))), _connector='OR'), name='evidence_offsets'),
            ),
            migrations.AddConstraint(
                model_name='evidence',
                constraint=models.CheckConstraint(condition=models.Q(('end_offset', django.db.models.expressions.CombinedExpression(models.F('start_offset'), '+', django.db.models.functions.text.Length('quote')))), name='evidence_length'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evidence',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) AND (NEW.snapshot_id IS NULL OR NEW.prefix || NEW.quote || NEW.suffix IS NOT DISTINCT FROM (\n    SELECT substr(text, NEW.start_offset - char_length(NEW.prefix) + 1,\n                  char_length(NEW.prefix) + char_length(NEW.quote) + char_length(NEW.suffix))\n    FROM sources_snapshot WHERE id = NEW.snapshot_id)) THEN RETURN NEW; END IF; \n            IF to_jsonb(OLD) - 'archive_url' IS DISTINCT FROM to_jsonb(NEW) - 'archive_url'\n               OR OLD.archive_url IS NOT NULL THEN\n                RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n            END IF;\n            RETURN NEW;", hash='51cbc9b25ebfc442aa8db667cb03cbb5e6337954', operation='UPDATE', pgid='pgtrigger_frozen_update_92b63', table='claims_evidence', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evidence',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='69d064b7d30d15fac68952b568c876f71500c659', operation='DELETE', pgid='pgtrigger_frozen_delete_eea0f', table='claims_evidence', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evidence',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='2833aaaadbd3d78a0c289f1558ac97b7a0294885', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_a1cca', table='claims_evidence', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evidence',
                trigger=pgtrigger.compiler.Trigger(name='own_transaction', sql=claimtrack.db.guards.GuardSql(func="\n            -- A transaction id may recur in another cluster, where a dump was loaded: compare the time too.\n            IF NOT EXISTS (SELECT FROM claims_review WHERE id = NEW.review_id\n               AND transaction = pg_current_xact_id()::text::bigint AND created_at >= now())\n            THEN RAISE EXCEPTION 'Evidence enters the ledger together with its review, never later' USING ERRCODE = '23514', CONSTRAINT = 'evidence_late';\n            END IF;\n            RETURN NEW;", hash='594bf69e0e33edf898de9822f56839fbfc6642c2', operation='INSERT', pgid='pgtrigger_own_transaction_22716', table='claims_evidence', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evidence',
                trigger=pgtrigger.compiler.Trigger(name='slice', sql=claimtrack.db.guards.GuardSql(func="\n    IF EXISTS (\n        SELECT FROM inserted a LEFT JOIN sources_snapshot s ON s.id = a.snapshot_id\n        WHERE a.snapshot_id IS NOT NULL AND (\n            char_length(a.prefix) IS DISTINCT FROM least(a.start_offset, 100)\n            OR substr(s.text, a.start_offset - char_length(a.prefix) + 1,\n                      char_length(a.prefix) + a.end_offset - a.start_offset + 100)\n               IS DISTINCT FROM a.prefix || a.quote || a.suffix))\n    THEN RAISE EXCEPTION 'A quote is the exact slice of its snapshot, with what stands around it' USING ERRCODE = '23514', CONSTRAINT = 'quote_not_slice';\n    END IF; RETURN NULL;", hash='1f2d54c2d21a6c301705a5c098524a1a92b29655', level='STATEMENT', operation='INSERT', pgid='pgtrigger_slice_3e192', referencing='REFERENCING NEW TABLE AS inserted ', table='claims_evidence', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evidence',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='9f4dc399274df44ac13e1c11de63b6dba52421e2', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_761f2', table='claims_evidence', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evidence',
                trigger=pgtrigger.compiler.Trigger(name='report_claim', sql=claimtrack.db.guards.GuardSql(func="PERFORM claims_record_change('claim', (SELECT claim_id FROM claims_review WHERE id = NEW.review_id)); RETURN NULL;", hash='7f62b99247428c6f86b844d37b9b30062e0dea6f', operation='UPDATE', pgid='pgtrigger_report_claim_6de55', table='claims_evidence', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='savedview',
                constraint=models.UniqueConstraint(fields=('owner', 'name'), name='saved_view_once'),
            ),
            migrations.AddConstraint(
                model_name='sourcechange',
                constraint=models.CheckConstraint(condition=models.Q(('start_offset__lt', models.F('end_offset')), models.Q(models.Q(('kind', 'gone'), ('later_end', None), ('later_start', None)), models.Q(('kind__in', ['changed', 'note']), ('later_end__isnull', False), ('later_start__isnull', False), ('later_start__lt', models.F('later_end'))), _connector='OR')), name='source_change_offsets'),
            ),
            migrations.AddConstraint(
                model_name='sourcechange',
                constraint=models.UniqueConstraint(fields=('claim', 'snapshot', 'start_offset', 'end_offset'), name='source_change_once'),
            ),
            migrations.AddIndex(
                model_name='sourcedecision',
                index=models.Index(fields=['claim', 'id'], name='source_decision_claim'),
            ),
            migrations.AddConstraint(
                model_name='sourcedecision',
                constraint=models.CheckConstraint(condition=models.Q(('start_offset__lt', models.F('end_offset')), models.Q(models.Q(('kind', 'gone'), ('later_end', None), ('later_start', None)), models.Q(('kind__in', ['changed', 'note']), ('later_end__isnull', False), ('later_start__isnull', False), ('later_start__lt', models.F('later_end'))), _connector='OR')), name='source_decision_offsets'),
            ),
            migrations.AddConstraint(
                model_name='sourcedecision',
                constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['same_claim', 'changed_claim', 'corrected', 'removed'])), name='source_decision_decision'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourcedecision',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='d9765dd2b631d8a315fde4cc7291cd244254e317', operation='UPDATE', pgid='pgtrigger_frozen_update_c4567', table='claims_sourcedecision', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourcedecision',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='d9e553fcac0a349d0c133b47b2f7014d31dd6549', operation='DELETE', pgid='pgtrigger_frozen_delete_ee912', table='claims_sourcedecision', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourcedecision',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='ec5feb86f9e207c0472a2f89a8f9899f40f2c2b1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_28923', table='claims_sourcedecision', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourcedecision',
                trigger=pgtrigger.compiler.Trigger(name='dated', sql=claimtrack.db.guards.GuardSql(func='NEW.at := statement_timestamp(); RETURN NEW;', hash='4e645571bfe33e1d0b88d44cc7195f32f1e02684', operation='INSERT', pgid='pgtrigger_dated_23ff1', table='claims_sourcedecision', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourcedecision',
                trigger=pgtrigger.compiler.Trigger(name='of_one_article', sql=claimtrack.db.guards.GuardSql(func="\n            IF NOT EXISTS (\n                SELECT FROM sources_snapshot s JOIN sources_snapshot l ON l.article_id = s.article_id\n                WHERE s.id = NEW.snapshot_id AND l.id = NEW.later_id AND NEW.end_offset <= char_length(s.text)\n                AND COALESCE(NEW.later_end, 0) <= char_length(l.text))\n            THEN RAISE EXCEPTION 'A decision about a source speaks of two texts of one article, and of passages in them' USING ERRCODE = '23514', CONSTRAINT = 'source_decision';\n            END IF;\n            RETURN NEW;", hash='9458750a700ea61aa09afc7e1ef870fd4bf27de2', operation='INSERT', pgid='pgtrigger_of_one_article_41c42', table='claims_sourcedecision', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourcedecision',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='6d610cd0194bb50bc5b000531d4227b0303d8555', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_92b5c', table='claims_sourcedecision', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sourcedecision',
                trigger=pgtrigger.compiler.Trigger(name='report_claim', sql=claimtrack.db.guards.GuardSql(func="PERFORM claims_record_change('claim', NEW.claim_id); RETURN NULL;", hash='f0fd28432540b05dca1690b2c9df1e06e4252414', operation='INSERT', pgid='pgtrigger_report_claim_a4632', table='claims_sourcedecision', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='speaker',
                index=models.Index(fields=['name', 'id'], name='speaker_names'),
            ),
            migrations.AddConstraint(
                model_name='speaker',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='speaker_name'),
            ),
            migrations.AddConstraint(
                model_name='speaker',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['person', 'organisation', 'group'])), name='speaker_kind'),
            ),
            migrations.AddConstraint(
                model_name='speaker',
                constraint=models.CheckConstraint(condition=models.Q(('wikidata_id', None), ('wikidata_id__regex', '^Q[1-9][0-9]{0,18}$'), _connector='OR'), name='speaker_wikidata_id'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speaker',
                trigger=pgtrigger.compiler.Trigger(name='own_name', sql=claimtrack.db.guards.GuardSql(constraint='CONSTRAINT', func="\n            IF EXISTS (SELECT FROM claims_speaker WHERE id = NEW.id AND name = NEW.name) AND NOT EXISTS\n                (SELECT FROM claims_alias WHERE speaker_id = NEW.id AND name = NEW.name)\n            THEN RAISE EXCEPTION 'The speaker''s own name is one of the speaker''s aliases' USING ERRCODE = '23514', CONSTRAINT = 'speaker_own_name';\n            END IF;\n            RETURN NULL;", hash='3d3ba29c7729c43a0a4d41ad918e9a24567be5f2', operation='INSERT OR UPDATE OF "name"', pgid='pgtrigger_own_name_9a3b9', table='claims_speaker', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speaker',
                trigger=pgtrigger.compiler.Trigger(name='merge_accounted', sql=claimtrack.db.guards.GuardSql(func="\n            IF NEW.merged_into_id IS DISTINCT FROM (\n                SELECT winner_speaker_id FROM claims_merge WHERE loser_speaker_id = NEW.id AND undone_at IS NULL)\n            THEN RAISE EXCEPTION 'What is merged, and what is not, follows from the merges on record' USING ERRCODE = '23514', CONSTRAINT = 'merge_unaccounted';\n            END IF;\n            RETURN NEW;", hash='c0faadab28f60edf288e31fb3e7997115a916002', operation='INSERT OR UPDATE OF "merged_into_id"', pgid='pgtrigger_merge_accounted_7712c', table='claims_speaker', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speaker',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_speakerevent" ("created_at", "id", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "website", "wikidata_id") VALUES (OLD."created_at", OLD."id", OLD."kind", OLD."merged_into_id", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."role", OLD."website", OLD."wikidata_id"); RETURN NULL;', hash='e4b457cd333be09568c3973a2a00f9783e492430', operation='UPDATE', pgid='pgtrigger_update_update_d9d7a', table='claims_speaker', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speaker',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_speakerevent" ("created_at", "id", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "website", "wikidata_id") VALUES (OLD."created_at", OLD."id", OLD."kind", OLD."merged_into_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."website", OLD."wikidata_id"); RETURN NULL;', hash='ae105e41468b3802bfa006bca8c243295311fbf3', operation='DELETE', pgid='pgtrigger_delete_delete_b8590', table='claims_speaker', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speaker',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='7ed1dcb06d8c3e1a0ac7881831434c476c2afa33', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_a9e6c', table='claims_speaker', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speaker',
                trigger=pgtrigger.compiler.Trigger(name='report_speaker', sql=claimtrack.db.guards.GuardSql(func="PERFORM claims_record_change('speaker', NEW.id); RETURN NULL;", hash='5a61272bf59e15ef49f2f44fd1b123a4de7385f9', operation='UPDATE', pgid='pgtrigger_report_speaker_230a9', table='claims_speaker', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speaker',
                trigger=pgtrigger.compiler.Trigger(name='mark_documents', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name"))', func="PERFORM claims_mark_stale('speaker', NEW.id); RETURN NULL;", hash='e2c7df6a4acaa3b083841bb62ea6d835d43fdeff', operation='UPDATE', pgid='pgtrigger_mark_documents_0e36f', table='claims_speaker', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='merge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('loser_claim__isnull', False), ('loser_speaker', None), ('winner_claim__isnull', False), ('winner_speaker', None)), models.Q(('loser_claim', None), ('loser_speaker__isnull', False), ('winner_claim', None), ('winner_speaker__isnull', False)), _connector='OR'), name='merge_kind'),
            ),
            migrations.AddConstraint(
                model_name='merge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('loser_claim', models.F('winner_claim')), _negated=True), models.Q(('loser_speaker', models.F('winner_speaker')), _negated=True)), name='merge_two'),
            ),
            migrations.AddConstraint(
                model_name='merge',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='merge_undone'),
            ),
            migrations.AddConstraint(
                model_name='merge',
                constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('loser_claim',), name='merge_claim_once'),
            ),
            migrations.AddConstraint(
                model_name='merge',
                constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('loser_speaker',), name='merge_speaker_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='merge',
                trigger=pgtrigger.compiler.Trigger(name='merge_insert', sql=claimtrack.db.guards.GuardSql(func="\n            IF EXISTS (SELECT FROM claims_merge WHERE undone_at IS NULL\n                       AND (loser_claim_id = NEW.winner_claim_id OR loser_speaker_id = NEW.winner_speaker_id))\n            THEN RAISE EXCEPTION 'The winner of a merge is not itself merged away' USING ERRCODE = '23514', CONSTRAINT = 'merge_winner';\n            END IF;\n            IF NEW.undone_at IS NOT NULL\n            THEN RAISE EXCEPTION 'What is merged, and what is not, follows from the merges on record' USING ERRCODE = '23514', CONSTRAINT = 'merge_unaccounted';\n            END IF;\n            NEW.at := statement_timestamp();\n            RETURN NEW;", hash='0f6819629ff1261d04f1a7d5d9fd9bba77187c36', operation='INSERT', pgid='pgtrigger_merge_insert_b27de', table='claims_merge', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='merge',
                trigger=pgtrigger.compiler.Trigger(name='merge_update', sql=claimtrack.db.guards.GuardSql(func="\n            IF (claimtrack_redacts(TG_TABLE_NAME, NEW.id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF;\n            IF OLD.undone_at IS NOT NULL OR\n               to_jsonb(OLD) - '{undone_at,undone_by_id,moved}'::text[]\n                   IS DISTINCT FROM to_jsonb(NEW) - '{undone_at,undone_by_id,moved}'::text[]\n               OR (NEW.moved IS DISTINCT FROM OLD.moved AND OLD.moved <> '{}')\n            THEN RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n            END IF;\n            IF NEW.undone_at IS NOT NULL\n            THEN NEW.undone_at := statement_timestamp();\n            END IF;\n            RETURN NEW;", hash='cf7c2a254eea1e27c5ebe88c07f7c22eff484f8a', operation='UPDATE', pgid='pgtrigger_merge_update_6cd1f', table='claims_merge', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='merge',
                trigger=pgtrigger.compiler.Trigger(name='merge_settled', sql=claimtrack.db.guards.GuardSql(constraint='CONSTRAINT', func="\n            IF (SELECT merged_into_id FROM claims_claim WHERE id = NEW.loser_claim_id) IS DISTINCT FROM\n               (SELECT winner_claim_id FROM claims_merge\n                WHERE loser_claim_id = NEW.loser_claim_id AND undone_at IS NULL)\n               OR (SELECT merged_into_id FROM claims_speaker WHERE id = NEW.loser_speaker_id) IS DISTINCT FROM\n                  (SELECT winner_speaker_id FROM claims_merge\n                   WHERE loser_speaker_id = NEW.loser_speaker_id AND undone_at IS NULL)\n            THEN RAISE EXCEPTION 'What is merged, and what is not, follows from the merges on record' USING ERRCODE = '23514', CONSTRAINT = 'merge_unaccounted';\n            END IF;\n            RETURN NULL;", hash='93ee81d03298eb0387650a4097c7990a34c31702', operation='INSERT OR UPDATE OF "undone_at"', pgid='pgtrigger_merge_settled_e473c', table='claims_merge', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='merge',
                trigger=pgtrigger.compiler.Trigger(name='merge_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='2eeb56e63be24f561f2f6b10aa5e34e5e2797c7c', operation='DELETE', pgid='pgtrigger_merge_delete_4159a', table='claims_merge', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='merge',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='c5b7cb8605eba936b75edd127d056c9b752a0140', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_e60cf', table='claims_merge', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='logentry',
                index=models.Index(fields=['claim', 'index'], name='logentry_claim'),
            ),
            migrations.AddIndex(
                model_name='logentry',
                index=models.Index(condition=models.Q(('index', None)), fields=['-earlier', 'id'], name='logentry_unnumbered'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logentry',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="\n            IF to_jsonb(OLD) - 'index' IS DISTINCT FROM to_jsonb(NEW) - 'index'\n               OR OLD.index IS NOT NULL THEN\n                RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n            END IF;\n            RETURN NEW;", hash='3137f91f05dbd5a93926425cd55cf12a81526c4d', operation='UPDATE', pgid='pgtrigger_frozen_update_29718', table='claims_logentry', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logentry',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='2d8e4f991a7a78e49fb8f7e2e8d31587a19a144c', operation='DELETE', pgid='pgtrigger_frozen_delete_0c7d0', table='claims_logentry', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logentry',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='a7917a7fb5c5e8241fc3b4102655923309b46b38', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_8b565', table='claims_logentry', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logentry',
                trigger=pgtrigger.compiler.Trigger(name='unnumbered', sql=claimtrack.db.guards.GuardSql(func='NEW.index := NULL; NEW.at := statement_timestamp(); RETURN NEW;', hash='c390a7c8b28aeeaa2ea46ef78c53e528373a2661', operation='INSERT', pgid='pgtrigger_unnumbered_bb85f', table='claims_logentry', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='logentry',
                trigger=pgtrigger.compiler.Trigger(name='numbered', sql=claimtrack.db.guards.GuardSql(declare='DECLARE first bigint; following bigint; width bigint;', func="\n            SELECT min(index), max(index) + 1, count(*) INTO first, following, width FROM after;\n            IF width > 0 AND (following - first <> width OR first <> COALESCE(\n                (SELECT max(index) + 1 FROM claims_logentry WHERE index < first), 0))\n            THEN RAISE EXCEPTION 'Entries of the log are numbered in order, without a gap' USING ERRCODE = '23514', CONSTRAINT = 'log_order';\n            END IF;\n            RETURN NULL;", hash='f4f66f069aec7643543cc7b412a350c4ad928462', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_numbered_c6fde', referencing='REFERENCING NEW TABLE AS after ', table='claims_logentry', when='AFTER')),
            ),
            migrations.AddIndex(
                model_name='inquiry',
                index=models.Index(fields=['asked_on'], name='inquiry_asked_on'),
            ),
            migrations.AddConstraint(
                model_name='inquiry',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('source', None), ('speaker__isnull', False)), models.Q(('name', ''), ('source__isnull', False), ('speaker', None)), models.Q(('source', None), ('speaker', None), models.Q(('name', ''), _negated=True)), _connector='OR'), name='inquiry_asked'),
            ),
            migrations.AddConstraint(
                model_name='inquiry',
                constraint=models.CheckConstraint(condition=models.Q(('asked_for__in', ['reply', 'correction'])), name='inquiry_asked_for'),
            ),
            migrations.AddConstraint(
                model_name='inquiry',
                constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'phone', 'letter', 'form', 'social', 'in_person'])), name='inquiry_channel'),
            ),
            migrations.AddConstraint(
                model_name='inquiry',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_by', None)), models.Q(('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='inquiry_published'),
            ),
            migrations.AddConstraint(
                model_name='inquiry',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('published_at__isnull', False), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='inquiry_withdrawn'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='inquiry',
                trigger=pgtrigger.compiler.Trigger(name='inquiry_insert', sql=claimtrack.db.guards.GuardSql(func='\n                NEW.at := statement_timestamp();\n                IF NEW.published_at IS NOT NULL THEN NEW.published_at := NEW.at; END IF;\n                NEW.withdrawn_at := NULL;\n                NEW.withdrawn_by_id := NULL;\n                RETURN NEW;', hash='c2bfd17a1797f03dd380a346a0e3e10acf37d85e', operation='INSERT', pgid='pgtrigger_inquiry_insert_b684a', table='claims_inquiry', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='inquiry',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="\n                IF (claimtrack_redacts(TG_TABLE_NAME, NEW.id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF;\n                IF to_jsonb(OLD) - '{published_at,published_by_id,withdrawn_at,withdrawn_by_id}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{published_at,published_by_id,withdrawn_at,withdrawn_by_id}'::text[]\n                   OR OLD.published_at IS NOT NULL\n                      AND (OLD.published_at, OLD.published_by_id) IS DISTINCT FROM (NEW.published_at, NEW.published_by_id)\n                   OR OLD.withdrawn_at IS NOT NULL\n                THEN RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n                END IF;\n                IF OLD.published_at IS NULL AND NEW.published_at IS NOT NULL\n                THEN NEW.published_at := statement_timestamp();\n                END IF;\n                IF NEW.withdrawn_at IS NOT NULL THEN NEW.withdrawn_at := statement_timestamp(); END IF;\n                RETURN NEW;", hash='35ab61efdc8583a705785fa86b26e90ca74ec2f6', operation='UPDATE', pgid='pgtrigger_frozen_update_0bb12', table='claims_inquiry', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='inquiry',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='7a97847a1a7a9e2bd7547aa5375e9b88d3d9649d', operation='DELETE', pgid='pgtrigger_frozen_delete_39865', table='claims_inquiry', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='inquiry',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='af567980b4c9b7eaaba2d2472ef5d6000e101496', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_2e933', table='claims_inquiry', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='inquiry',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='bcb6652c06742ff4f0990bdf0e1fd6e39a1aced4', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_d9178', table='claims_inquiry', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='distinct',
                constraint=models.UniqueConstraint(fields=('claim_a', 'claim_b'), name='distinct_once'),
            ),
            migrations.AddConstraint(
                model_name='distinct',
                constraint=models.UniqueConstraint(fields=('speaker_a', 'speaker_b'), name='distinct_speakers_once'),
            ),
            migrations.AddConstraint(
                model_name='distinct',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim_a__isnull', False), ('claim_a__lt', models.F('claim_b')), ('claim_b__isnull', False), ('speaker_a', None), ('speaker_b', None)), models.Q(('claim_a', None), ('claim_b', None), ('speaker_a__isnull', False), ('speaker_a__lt', models.F('speaker_b')), ('speaker_b__isnull', False)), _connector='OR'), name='distinct_order'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='aliasevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='9e6036b71a8453169e71b8b010600c13114a1d27', operation='UPDATE', pgid='pgtrigger_frozen_update_c47b1', table='claims_aliasevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='aliasevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='a86eea0d1819e4e3d3d75133e4e5f1e5a839a5d3', operation='DELETE', pgid='pgtrigger_frozen_delete_736d1', table='claims_aliasevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='aliasevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='1e9cb6be752bf6fdb22edd10f3244491bf061305', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_cd4e7', table='claims_aliasevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='aliasevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='87b2d833ae64bd8a9f98c5df6993576d37722a82', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_bb184', table='claims_aliasevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='alias',
                index=django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='alias_words', opclasses=['gin_trgm_ops']),
            ),
            migrations.AddConstraint(
                model_name='alias',
                constraint=models.UniqueConstraint(fields=('speaker', 'key'), name='alias_once'),
            ),
            migrations.AddConstraint(
                model_name='alias',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('folded', ''), _negated=True)), name='alias_forms'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='alias',
                trigger=pgtrigger.compiler.Trigger(name='own_name_stays', sql=claimtrack.db.guards.GuardSql(constraint='CONSTRAINT', func="\n            IF EXISTS (SELECT FROM claims_speaker s WHERE s.id = OLD.speaker_id AND NOT EXISTS\n                (SELECT FROM claims_alias a WHERE a.speaker_id = s.id AND a.name = s.name))\n            THEN RAISE EXCEPTION 'The speaker''s own name is one of the speaker''s aliases' USING ERRCODE = '23514', CONSTRAINT = 'speaker_own_name';\n            END IF;\n            RETURN NULL;", hash='3fa22fd96b8d266dff05d112c66b0282d2bb5389', operation='UPDATE OR DELETE', pgid='pgtrigger_own_name_stays_92305', table='claims_alias', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='alias',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_aliasevent" ("folded", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id") VALUES (OLD."folded", OLD."id", OLD."key", OLD."name", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."speaker_id"); RETURN NULL;', hash='23691defd1cd6068caa20f8ff24862d6be559485', operation='UPDATE', pgid='pgtrigger_update_update_72ed1', table='claims_alias', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='alias',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_aliasevent" ("folded", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id") VALUES (OLD."folded", OLD."id", OLD."key", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."speaker_id"); RETURN NULL;', hash='66753407cc203a18c9489678fb872dfba610e4fb', operation='DELETE', pgid='pgtrigger_delete_delete_7c11b', table='claims_alias', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='alias',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='dc4c05c7db593f1f97fdfc08fd878622035e9091', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_36a36', table='claims_alias', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='alias',
                trigger=pgtrigger.compiler.Trigger(name='report_speaker', sql=claimtrack.db.guards.GuardSql(func="PERFORM claims_record_change('speaker', COALESCE(NEW.speaker_id, OLD.speaker_id)); RETURN NULL;", hash='c81b6b14a67c7cfde21bf52c5abec2913a9f5a91', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_report_speaker_e4969', table='claims_alias', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speakerevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='81135c26a46eceacb438dcc12880d147052d97a0', operation='UPDATE', pgid='pgtrigger_frozen_update_a27d1', table='claims_speakerevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speakerevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='080d2d1d37dc6d957bb8635047b657c58933319d', operation='DELETE', pgid='pgtrigger_frozen_delete_43c21', table='claims_speakerevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speakerevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='4eeadb5e7db34313985f575bcb09d13e1cf0fab9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_20fd8', table='claims_speakerevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='speakerevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='7a30d83c5af3e8b5f0519b2159e84d269c062ebd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_ac33d', table='claims_speakerevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='suggestion',
                constraint=models.CheckConstraint(condition=models.Q(('start_offset__lt', models.F('end_offset'))), name='suggestion_offsets'),
            ),
            migrations.AddConstraint(
                model_name='suggestion',
                constraint=models.UniqueConstraint(fields=('claim', 'snapshot', 'start_offset'), name='suggestion_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='suggestion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_suggestionevent" ("at", "by_id", "claim_id", "declined", "end_offset", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot_id", "start_offset") VALUES (NEW."at", NEW."by_id", NEW."claim_id", NEW."declined", NEW."end_offset", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."snapshot_id", NEW."start_offset"); RETURN NULL;', hash='a9c84c24e3541e81eff117bb5e3c1446a956e2cf', operation='INSERT', pgid='pgtrigger_insert_insert_f95d2', table='claims_suggestion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='suggestion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_suggestionevent" ("at", "by_id", "claim_id", "declined", "end_offset", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot_id", "start_offset") VALUES (NEW."at", NEW."by_id", NEW."claim_id", NEW."declined", NEW."end_offset", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."snapshot_id", NEW."start_offset"); RETURN NULL;', hash='6c15805eac2e5868904eeed2a9e672c6dc00666a', operation='UPDATE', pgid='pgtrigger_update_update_6da8e', table='claims_suggestion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='suggestion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_suggestionevent" ("at", "by_id", "claim_id", "declined", "end_offset", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot_id", "start_offset") VALUES (OLD."at", OLD."by_id", OLD."claim_id", OLD."declined", OLD."end_offset", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."snapshot_id", OLD."start_offset"); RETURN NULL;', hash='43be53ad5b1a18f21ec4eb4b940ef7ffa5dba750', operation='DELETE', pgid='pgtrigger_delete_delete_28ba4', table='claims_suggestion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='suggestionevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='29522c8556436fc02f5243c25854e396aace534c', operation='UPDATE', pgid='pgtrigger_frozen_update_fc643', table='claims_suggestionevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='suggestionevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='fc17f4f8aa1e7a452abf430c9d4f6cc5d1719270', operation='DELETE', pgid='pgtrigger_frozen_delete_bccab', table='claims_suggestionevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='suggestionevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='16a06ec68641c36c14684f6bc38db6d4de2fb5c9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_ad69d', table='claims_suggestionevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='suggestionevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='a788df24664bb56a8b2344970d1eee42df0d8405', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_79a29', table='claims_suggestionevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='takeover',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='addcb47fe576b02e275ee6db5dfe71681dea7fc6', operation='UPDATE', pgid='pgtrigger_frozen_update_1bb5b', table='claims_takeover', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='takeover',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='5d11a9f289913a48c0fdeae392c8b43186d35d6c', operation='DELETE', pgid='pgtrigger_frozen_delete_83902', table='claims_takeover', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='takeover',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='f7f9af71f1927f4e66aaad24830e2416ba7a64f3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_d7215', table='claims_takeover', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='takeover',
                trigger=pgtrigger.compiler.Trigger(name='takeover_insert', sql=claimtrack.db.guards.GuardSql(declare='DECLARE c claims_claim; before bigint;', func="\n            SELECT * INTO c FROM claims_claim WHERE id = NEW.claim_id FOR NO KEY UPDATE;\n            SELECT assignee_id INTO before FROM claims_claimevent WHERE pgh_obj_id = NEW.claim_id ORDER BY pgh_id DESC LIMIT 1;\n            IF c.status <> 'in_review' OR c.assignee_id IS DISTINCT FROM NEW.by_id\n               OR before IS DISTINCT FROM NEW.taken_from_id OR NEW.by_id = NEW.taken_from_id\n            THEN RAISE EXCEPTION 'A takeover says who has just taken a claim in review over, and from whom' USING ERRCODE = '23514', CONSTRAINT = 'takeover_unaccounted';\n            END IF;\n            NEW.at := statement_timestamp();\n            RETURN NEW;", hash='1205382620aa1ac6ccd3b1edfe8f3e8d4be4eda4', operation='INSERT', pgid='pgtrigger_takeover_insert_bccf9', table='claims_takeover', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='timestamp',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='aad82fa5fe3f13f87b609c5c5ab653cdb6fd9d1e', operation='UPDATE', pgid='pgtrigger_frozen_update_5cc35', table='claims_timestamp', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='timestamp',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='cee176852877d106168b1164bab9585dcc01c206', operation='DELETE', pgid='pgtrigger_frozen_delete_cb923', table='claims_timestamp', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='timestamp',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='ec4adda6e95a50c48936749478097616e61d300d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_bde6c', table='claims_timestamp', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='timestamp',
                trigger=pgtrigger.compiler.Trigger(name='dated', sql=claimtrack.db.guards.GuardSql(func='NEW.at := statement_timestamp(); RETURN NEW;', hash='7e9020b62408b9b55daeef8aa5541b634729acc5', operation='INSERT', pgid='pgtrigger_dated_f9df5', table='claims_timestamp', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopicevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='828153bb5fda38c35b2cd2404df55761a025f745', operation='UPDATE', pgid='pgtrigger_frozen_update_ab54f', table='claims_claimtopicevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopicevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='ffa885b256916b23c0548370faa9455cb7c2c33e', operation='DELETE', pgid='pgtrigger_frozen_delete_548a7', table='claims_claimtopicevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopicevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='61419930a6ce735cbfa4a713a274d601569affd1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_9001f', table='claims_claimtopicevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopicevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='7340c26c4426779a5d74d8d2fbc6544171a93a4a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_162c3', table='claims_claimtopicevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='claimtopic',
                index=models.Index(fields=['topic', 'created_at', 'claim'], name='claim_topic_created'),
            ),
            migrations.AddConstraint(
                model_name='claimtopic',
                constraint=models.UniqueConstraint(fields=('claim', 'topic'), name='claim_topic_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopic',
                trigger=pgtrigger.compiler.Trigger(name='dated', sql=claimtrack.db.guards.GuardSql(func="\n            IF to_jsonb(OLD) - 'created_at' IS DISTINCT FROM to_jsonb(NEW) - 'created_at' OR NEW.created_at\n                IS DISTINCT FROM (SELECT created_at FROM claims_claim WHERE id = NEW.claim_id)\n            THEN RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';\n            END IF;\n            RETURN NEW;", hash='8a54e5d70348f8b46454bd06656322d947e2cd6e', operation='UPDATE', pgid='pgtrigger_dated_88840', table='claims_claimtopic', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopic',
                trigger=pgtrigger.compiler.Trigger(name='touch_insert', sql=claimtrack.db.guards.GuardSql(func='\n        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language), version = c.version + 1,\n            updated_at = statement_timestamp()\n        WHERE c.id IN (SELECT claim_id FROM changed);\n        UPDATE claims_claimtopic t SET created_at = c.created_at FROM changed l JOIN claims_claim c ON c.id = l.claim_id\n        WHERE t.claim_id = c.id AND t.created_at IS DISTINCT FROM c.created_at; RETURN NULL;', hash='e2582ec4809b8ad14c5568ff00062074ff91bf94', level='STATEMENT', operation='INSERT', pgid='pgtrigger_touch_insert_705a0', referencing='REFERENCING NEW TABLE AS changed ', table='claims_claimtopic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopic',
                trigger=pgtrigger.compiler.Trigger(name='touch_delete', sql=claimtrack.db.guards.GuardSql(func='\n        UPDATE claims_claim c SET search = claims_search(c.id, c.text, c.language), version = c.version + 1,\n            updated_at = statement_timestamp()\n        WHERE c.id IN (SELECT claim_id FROM changed); RETURN NULL;', hash='168bd65ee9566c4582808087649cb6fcd512711f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_touch_delete_9519d', referencing='REFERENCING OLD TABLE AS changed ', table='claims_claimtopic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopic',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=claimtrack.db.guards.GuardSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimtopicevent" ("claim_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") SELECT new_values."claim_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."topic_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='302cd8fa2420bb096a1c165fc2cd531314e9be46', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e3f7f', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_claimtopic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopic',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_claimtopicevent" ("claim_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") VALUES (OLD."claim_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."topic_id"); RETURN NULL;', hash='175b1514dfbbb4236487ed907e9ccf747238d011', operation='DELETE', pgid='pgtrigger_delete_delete_28e40', table='claims_claimtopic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimtopic',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='69ba388d3b42f83530c4142f702e99864d920aa3', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_3205b', table='claims_claimtopic', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topicevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='dbef28955673a31768d78eb2e5401559384fa27f', operation='UPDATE', pgid='pgtrigger_frozen_update_da235', table='claims_topicevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topicevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='65bc793048e2643d92d7eca09994a5cf9354218f', operation='DELETE', pgid='pgtrigger_frozen_delete_dc460', table='claims_topicevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topicevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='2e517fa3fe1a783133275c4f4b5743246c5cb189', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_74407', table='claims_topicevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='topicevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='5ff98466fefe66b49bcbf8fd5ff7cc1d4841268a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_6b457', table='claims_topicevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='upload',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['lines', 'table', 'claimreview'])), name='upload_kind'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='upload',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='a7b9e0e4b48b9418fc72a75a80270a8c99e1ec5c', operation='UPDATE', pgid='pgtrigger_frozen_update_2894c', table='claims_upload', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='review',
                index=models.Index(fields=['claim', 'id'], name='review_claim'),
            ),
            migrations.AddIndex(
                model_name='review',
                index=models.Index(fields=['created_at'], name='review_day'),
            ),
            migrations.AddIndex(
                model_name='review',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('rationale', config='simple'), name='review_rationale'),
            ),
            migrations.AddIndex(
                model_name='review',
                index=models.Index(condition=models.Q(('to_status__in', ['checked', 'withdrawn', 'dismissed'])), fields=['created_at'], name='review_decided'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='review',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='07d4e6dfe58326d10b276ba1f6a63f8ead127c60', operation='UPDATE', pgid='pgtrigger_frozen_update_82925', table='claims_review', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='review',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='00b562a6aa1fb0d545418b7af35a977b83413c32', operation='DELETE', pgid='pgtrigger_frozen_delete_22b78', table='claims_review', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='review',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='7f84f6911b9b7e727d754fadcd6cab346c83c847', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_0aae5', table='claims_review', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='review',
                trigger=pgtrigger.compiler.Trigger(name='review_insert', sql=claimtrack.db.guards.GuardSql(declare='DECLARE c claims_claim; last claims_review; publication bigint; step record;', func="\n    SELECT * INTO c FROM claims_claim WHERE id = NEW.claim_id FOR NO KEY UPDATE;\n    IF c.merged_into_id IS NOT NULL\n    THEN RAISE EXCEPTION 'A claim that was merged away takes no step and no edit until the merge is undone' USING ERRCODE = '23514', CONSTRAINT = 'merged';\n    END IF;\n    SELECT * INTO last FROM claims_review WHERE claim_id = NEW.claim_id ORDER BY id DESC LIMIT 1;\n    SELECT max(id) INTO publication FROM claims_review WHERE claim_id = NEW.claim_id AND to_status = 'checked';\n    SELECT * INTO step FROM (VALUES ('proposed', 'unverified', NULL::boolean, false, false, false, false, false, 2), ('proposed', 'dismissed', false, false, true, false, false, true, 2), ('unverified', 'dismissed', false, false, true, false, false, true, 2), ('in_review', 'dismissed', false, false, true, false, false, true, 2), ('dismissed', 'unverified', NULL::boolean, false, true, false, false, false, 2), ('dismissed', 'proposed', NULL::boolean, false, true, false, false, false, 2), ('unverified', 'in_review', NULL::boolean, false, false, false, false, false, 2), ('in_review', 'unverified', false, false, false, false, false, false, 2), ('in_review', 'awaiting_approval', NULL::boolean, true, true, false, false, true, 2), ('in_review', 'checked', NULL::boolean, true, true, false, false, true, 2), ('awaiting_approval', 'checked', NULL::boolean, false, false, false, true, false, 3), ('awaiting_approval', 'in_review', NULL::boolean, false, false, true, false, false, 2), ('checked', 'checked', NULL::boolean, true, true, false, false, false, 3), ('checked', 'in_review', NULL::boolean, false, true, false, false, false, 3), ('withdrawn', 'in_review', NULL::boolean, false, true, false, false, false, 3), ('checked', 'withdrawn', true, false, true, false, false, false, 3), ('in_review', 'withdrawn', true, false, true, false, false, false, 3)) AS t (source, target, published, verdict, rationale, note, approval, by_assignee, role)\n        WHERE t.source = NEW.from_status AND t.target = NEW.to_status\n        AND (t.published IS NULL OR t.published = (publication IS NOT NULL));\n    IF NOT FOUND OR NEW.from_status <> COALESCE(last.to_status, 'proposed')\n    THEN RAISE EXCEPTION 'The table of transitions has no such step from where the claim stands' USING ERRCODE = '23514', CONSTRAINT = 'transition';\n    END IF;\n    IF step.by_assignee AND NEW.reviewer_id <> c.assignee_id\n    THEN RAISE EXCEPTION 'While a claim is assigned, only its assignee takes this step' USING ERRCODE = '23514', CONSTRAINT = 'not_assignee';\n    END IF;\n    IF (step.verdict OR step.approval) <> (NEW.verdict_id IS NOT NULL)\n       OR (step.rationale AND NEW.rationale !~ '\\S') OR (step.note AND NEW.note !~ '\\S')\n    THEN RAISE EXCEPTION 'A step has what the table of transitions asks for: a verdict with the label and wording as judged, and evidence, or none of these' USING ERRCODE = '23514', CONSTRAINT = 'review_incomplete';\n    END IF;\n    IF NEW.verdict_id IS NOT NULL AND (NEW.wording = '' OR NOT step.approval\n       AND NEW.verdict_label IS DISTINCT FROM (SELECT label FROM claims_verdict WHERE id = NEW.verdict_id))\n    THEN RAISE EXCEPTION 'A step has what the table of transitions asks for: a verdict with the label and wording as judged, and evidence, or none of these' USING ERRCODE = '23514', CONSTRAINT = 'review_incomplete';\n    END IF;\n    IF step.approval <> (NEW.approves_id IS NOT NULL)\n    THEN RAISE EXCEPTION 'An approval names the submission that it approves, takes it over as it is, and nothing else does' USING ERRCODE = '23514', CONSTRAINT = 'approves';\n    END IF;\n    IF step.approval THEN\n        IF NEW.approves_id <> last.id\n           OR (NEW.verdict_id, NEW.verdict_label, NEW.wording, NEW.rationale, NEW.changes) IS DISTINCT FROM\n              (last.verdict_id, last.verdict_label, last.wording, last.rationale, last.changes)\n        THEN RAISE EXCEPTION 'An approval names the submission that it approves, takes it over as it is, and nothing else does' USING ERRCODE = '23514', CONSTRAINT = 'approves';\n        END IF;\n        IF NEW.reviewer_id = last.reviewer_id\n        THEN RAISE EXCEPTION 'The approver is not the submitter' USING ERRCODE = '23514', CONSTRAINT = 'own_submission';\n        END IF;\n    END IF;\n    IF NEW.replaces_id IS DISTINCT FROM (CASE WHEN NEW.to_status = 'checked' THEN publication END)\n    THEN RAISE EXCEPTION 'A publication names the publication before it' USING ERRCODE = '23514', CONSTRAINT = 'replaces';\n    END IF;\n    NEW.transaction := pg_current_xact_id()::text::bigint;\n    NEW.created_at := statement_timestamp();\n    NEW.claim_version := c.version + 1;\n    NEW.reviewer_role := COALESCE((SELECT CASE WHEN u.is_superuser THEN 3 ELSE (\n        SELECT max(role) FROM (VALUES ('Contributor', 1), ('Moderator', 2), ('Editor', 3)) AS r (name, role)\n        JOIN auth_group g USING (name) JOIN claimtrack_user_groups m ON m.group_id = g.id WHERE m.user_id = u.id) END\n        FROM claimtrack_user u WHERE u.id = NEW.reviewer_id AND u.is_active), 0);\n    RETURN NEW;", hash='32731319d4c396d1effcb9cc1b87941bd9f7245d', operation='INSERT', pgid='pgtrigger_review_insert_8d694', table='claims_review', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='review',
                trigger=pgtrigger.compiler.Trigger(name='review_settled', sql=claimtrack.db.guards.GuardSql(constraint='CONSTRAINT', func="\n    IF NEW.verdict_id IS NOT NULL AND NOT EXISTS (SELECT FROM claims_evidence WHERE review_id = NEW.id)\n    THEN RAISE EXCEPTION 'A step has what the table of transitions asks for: a verdict with the label and wording as judged, and evidence, or none of these' USING ERRCODE = '23514', CONSTRAINT = 'review_incomplete';\n    END IF;\n    IF NEW.approves_id IS NOT NULL AND (SELECT array_agg((url, title, publisher, quote, stance, accessed_at,\n            snapshot_id, start_offset, end_offset)::text ORDER BY id)\n        FROM claims_evidence WHERE review_id = NEW.id) IS DISTINCT FROM (SELECT array_agg((url, title, publisher, quote, stance, accessed_at,\n            snapshot_id, start_offset, end_offset)::text ORDER BY id)\n        FROM claims_evidence WHERE review_id = NEW.approves_id)\n    THEN RAISE EXCEPTION 'An approval names the submission that it approves, takes it over as it is, and nothing else does' USING ERRCODE = '23514', CONSTRAINT = 'approves';\n    END IF;\n    IF EXISTS (SELECT FROM claims_claim c WHERE c.id = NEW.claim_id AND NOT (\n    c.status = COALESCE(\n        (SELECT to_status FROM claims_review WHERE claim_id = c.id ORDER BY id DESC LIMIT 1), 'proposed')\n    AND c.verdict_id IS NOT DISTINCT FROM (\n        CASE WHEN c.status IN ('checked', 'in_review', 'awaiting_approval') THEN\n            (SELECT verdict_id FROM claims_review WHERE claim_id = c.id AND to_status IN ('checked', 'withdrawn')\n             ORDER BY id DESC LIMIT 1) END)\n    AND c.reviewed_at IS NOT DISTINCT FROM\n        (SELECT created_at FROM claims_review WHERE claim_id = c.id AND to_status = 'checked'\n         ORDER BY id DESC LIMIT 1)))\n    THEN RAISE EXCEPTION 'Status and verdict of a claim are those of its last review' USING ERRCODE = '23514', CONSTRAINT = 'status_unaccounted';\n    END IF;\n    RETURN NULL;", hash='2f9fecbc62b6f358d332401d0bcd9dba7f36a74b', operation='INSERT', pgid='pgtrigger_review_settled_9086c', table='claims_review', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='review',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='f81642450803d7ff90092b824ed30517537400ef', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_ad0bb', table='claims_review', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='draft',
                constraint=models.UniqueConstraint(fields=('claim', 'author'), name='draft_once'),
            ),
            migrations.AddConstraint(
                model_name='draft',
                constraint=models.CheckConstraint(condition=models.Q(('version', ''), _negated=True), name='draft_version'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='6fc622c72cdf022932a03d121086ce595767a787', operation='UPDATE', pgid='pgtrigger_frozen_update_14f77', table='claims_claimevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='61613a8a07c4bb800e09134ca0a1941af289d65e', operation='DELETE', pgid='pgtrigger_frozen_delete_be9d5', table='claims_claimevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='af4d48bd1a69d37241107c68ece37ca8d904c94c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_9bc02', table='claims_claimevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claimevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='e719c1d6bf2be05c278f8093789b0bdf9c88f17a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_7e84f', table='claims_claimevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(fields=['created_at', 'id'], name='claim_created'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(models.Func(models.F('reviewed_at'), template="(COALESCE(%(expressions)s, '-infinity'))"), models.F('id'), name='claim_reviewed_down'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(models.Func(models.F('reviewed_at'), template="(COALESCE(%(expressions)s, 'infinity'))"), models.F('id'), name='claim_reviewed_up'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(models.Func(models.F('said_at'), template="(COALESCE(%(expressions)s, '-infinity'))"), models.F('id'), name='claim_said_down'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(models.Func(models.F('said_at'), template="(COALESCE(%(expressions)s, 'infinity'))"), models.F('id'), name='claim_said_up'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(fields=['said_at'], name='claim_said'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(fields=['reviewed_at'], name='claim_reviewed'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(condition=models.Q(('review_by__isnull', False)), fields=['review_by'], name='claim_review_by_day'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(condition=models.Q(('due_on__isnull', False)), fields=['due_on'], name='claim_due'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(fields=['updated_at', 'id'], name='claim_updated'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(fields=['status', 'created_at', 'id'], name='claim_status_created'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(fields=['speaker', 'created_at', 'id'], name='claim_speaker_created'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(fields=['speaker', 'status', 'created_at', 'id'], name='claim_speaker_status'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(fields=['verdict', 'created_at', 'id'], name='claim_verdict_created'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(claimtrack.db.languages.PrimarySubtag('language'), models.F('created_at'), models.F('id'), name='claim_language_created'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(condition=models.Q(('assignee__isnull', False)), fields=['assignee'], name='claim_assignee'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='claim_merged_into'),
            ),
            migrations.AddIndex(
                model_name='claim',
                index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='claim_search'),
            ),
            migrations.AddConstraint(
                model_name='claim',
                constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='claim_text'),
            ),
            migrations.AddConstraint(
                model_name='claim',
                constraint=models.CheckConstraint(condition=models.Q(('status__in', [claims.transitions.Status['PROPOSED'], claims.transitions.Status['UNVERIFIED'], claims.transitions.Status['IN_REVIEW'], claims.transitions.Status['AWAITING_APPROVAL'], claims.transitions.Status['CHECKED'], claims.transitions.Status['DISMISSED'], claims.transitions.Status['WITHDRAWN']])), name='claim_status'),
            ),
            migrations.AddConstraint(
                model_name='claim',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', (claims.transitions.Status['PROPOSED'], claims.transitions.Status['UNVERIFIED'], claims.transitions.Status['DISMISSED'], claims.transitions.Status['WITHDRAWN'])), ('verdict__isnull', False), _negated=True), models.Q(('status__in', (claims.transitions.Status['CHECKED'],)), ('verdict', None), _negated=True)), name='claim_status_and_verdict'),
            ),
            migrations.AddConstraint(
                model_name='claim',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('said_at', None), ('said_precision', '')), models.Q(('said_at__isnull', False), ('said_precision__in', ('day', 'month', 'year'))), _connector='OR'), name='claim_said_precision'),
            ),
            migrations.AddConstraint(
                model_name='claim',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on', None), ('due_precision', '')), models.Q(('due_on__isnull', False), ('due_precision__in', ('day', 'month', 'year'))), _connector='OR'), name='claim_due_precision'),
            ),
            migrations.AddConstraint(
                model_name='claim',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('review_by', None), ('review_by_given', False)), models.Q(('review_by__isnull', False), ('verdict__isnull', False)), _connector='OR'), name='claim_review_by'),
            ),
            migrations.AddConstraint(
                model_name='claim',
                constraint=models.CheckConstraint(condition=models.Q(('language__regex', '^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$')), name='claim_language'),
            ),
            migrations.AddConstraint(
                model_name='claim',
                constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['desk', 'import', 'api', 'claimreview'])), name='claim_origin'),
            ),
            migrations.AddConstraint(
                model_name='claim',
                constraint=models.CheckConstraint(condition=models.Q(('origin_key', None), ('origin_key__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='claim_origin_key'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='claim_insert', sql=claimtrack.db.guards.GuardSql(declare='DECLARE into_id bigint;', func="\n            IF NEW.status <> 'proposed' OR num_nonnulls(NEW.verdict_id, NEW.reviewed_at, NEW.merged_into_id) > 0\n            THEN RAISE EXCEPTION 'Status and verdict of a claim are those of its last review' USING ERRCODE = '23514', CONSTRAINT = 'status_unaccounted';\n            END IF;\n            \n    SELECT merged_into_id INTO into_id FROM claims_speaker WHERE id = NEW.speaker_id FOR SHARE;\n    IF into_id IS NOT NULL\n    THEN RAISE EXCEPTION 'This speaker was merged into another: the claim is the other one''s' USING ERRCODE = '23514', CONSTRAINT = 'merged_speaker';\n    END IF;\n            NEW.version := 1;\n            NEW.search := claims_search(NEW.id, NEW.text, NEW.language);\n            RETURN NEW;", hash='07960068ab39a1f9784c239bcfc9dbe5f949c78c', operation='INSERT', pgid='pgtrigger_claim_insert_0eb60', table='claims_claim', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='dated', sql=claimtrack.db.guards.GuardSql(func='\n            -- An import dates the claims of a batch, and their links to topics, by one time within its transaction.\n            IF (NEW.created_at BETWEEN now() AND clock_timestamp()) IS NOT TRUE\n            THEN NEW.created_at := statement_timestamp();\n            END IF;\n            NEW.updated_at := NEW.created_at;\n            RETURN NEW;', hash='18d10aa249e331d2808e4e46caa52fb22930aae1', operation='INSERT', pgid='pgtrigger_dated_caa4a', table='claims_claim', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='claim_changed', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."due_precision" IS DISTINCT FROM (NEW."due_precision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."origin_key" IS DISTINCT FROM (NEW."origin_key") OR OLD."review_by" IS DISTINCT FROM (NEW."review_by") OR OLD."review_by_given" IS DISTINCT FROM (NEW."review_by_given") OR OLD."reviewed_at" IS DISTINCT FROM (NEW."reviewed_at") OR OLD."said_at" IS DISTINCT FROM (NEW."said_at") OR OLD."said_precision" IS DISTINCT FROM (NEW."said_precision") OR OLD."speaker_id" IS DISTINCT FROM (NEW."speaker_id") OR OLD."speaker_role" IS DISTINCT FROM (NEW."speaker_role") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."verdict_id" IS DISTINCT FROM (NEW."verdict_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))', declare='DECLARE publication claims_review; into_id bigint;', func="\n    IF OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL\n       AND to_jsonb(OLD) - '{speaker_id,search,version,updated_at}'::text[]\n           IS DISTINCT FROM to_jsonb(NEW) - '{speaker_id,search,version,updated_at}'::text[]\n       AND NOT (claimtrack_redacts(TG_TABLE_NAME, NEW.id) AND claimtrack_is_masked(to_jsonb(OLD) - '{search,version,updated_at}'::text[], to_jsonb(NEW) - '{search,version,updated_at}'::text[]))\n    THEN RAISE EXCEPTION 'A claim that was merged away takes no step and no edit until the merge is undone' USING ERRCODE = '23514', CONSTRAINT = 'merged';\n    END IF;\n    IF (OLD.created_by_id, OLD.created_at, OLD.origin, OLD.origin_key) IS DISTINCT FROM\n       (NEW.created_by_id, NEW.created_at, NEW.origin, NEW.origin_key)\n    THEN RAISE EXCEPTION 'Where a claim came from does not change' USING ERRCODE = '23514', CONSTRAINT = 'origin';\n    END IF;\n    IF (OLD.status, OLD.verdict_id, OLD.reviewed_at) IS DISTINCT FROM (NEW.status, NEW.verdict_id, NEW.reviewed_at)\n       AND NOT (\n    NEW.status = COALESCE(\n        (SELECT to_status FROM claims_review WHERE claim_id = NEW.id ORDER BY id DESC LIMIT 1), 'proposed')\n    AND NEW.verdict_id IS NOT DISTINCT FROM (\n        CASE WHEN NEW.status IN ('checked', 'in_review', 'awaiting_approval') THEN\n            (SELECT verdict_id FROM claims_review WHERE claim_id = NEW.id AND to_status IN ('checked', 'withdrawn')\n             ORDER BY id DESC LIMIT 1) END)\n    AND NEW.reviewed_at IS NOT DISTINCT FROM\n        (SELECT created_at FROM claims_review WHERE claim_id = NEW.id AND to_status = 'checked'\n         ORDER BY id DESC LIMIT 1))\n    THEN RAISE EXCEPTION 'Status and verdict of a claim are those of its last review' USING ERRCODE = '23514', CONSTRAINT = 'status_unaccounted';\n    END IF;\n    IF NEW.reviewed_at IS DISTINCT FROM OLD.reviewed_at THEN\n        -- The statement that puts a publication in force applies all changes of the publication, and no others.\n        SELECT * INTO publication FROM claims_review WHERE claim_id = NEW.id AND to_status = 'checked' ORDER BY id DESC LIMIT 1;\n        IF NEW.text IS DISTINCT FROM publication.wording\n           OR NEW.speaker_role <> COALESCE(publication.changes->>'speaker_role', OLD.speaker_role)\n           OR (CASE WHEN publication.changes ? 'speaker'\n              THEN NEW.speaker_id IS DISTINCT FROM (publication.changes->>'speaker')::bigint AND NOT EXISTS\n                  (SELECT FROM claims_speaker WHERE id = (publication.changes->>'speaker')::bigint AND merged_into_id IS NOT NULL)\n              ELSE NEW.speaker_id IS DISTINCT FROM OLD.speaker_id END)\n           OR (CASE WHEN publication.changes ? 'said_at'\n              THEN COALESCE(publication.changes->>'said_at', '') <> COALESCE(to_char(NEW.said_at,\n                  CASE NEW.said_precision WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY' END), '')\n              ELSE (NEW.said_at, NEW.said_precision) IS DISTINCT FROM (OLD.said_at, OLD.said_precision) END)\n           OR (CASE WHEN publication.changes ? 'due_on'\n              THEN COALESCE(publication.changes->>'due_on', '') <> COALESCE(to_char(NEW.due_on,\n                  CASE NEW.due_precision WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY' END), '')\n              ELSE (NEW.due_on, NEW.due_precision) IS DISTINCT FROM (OLD.due_on, OLD.due_precision) END)\n           OR (publication.changes->>'review_by')::date IS DISTINCT FROM NEW.review_by\n              AND publication.changes->>'review_by' IS NOT NULL\n        THEN RAISE EXCEPTION 'Wording, speaker and date of a claim with a verdict in force change only with the publication that says so' USING ERRCODE = '23514', CONSTRAINT = 'closed';\n        END IF;\n    ELSIF (OLD.verdict_id IS NOT NULL OR NEW.verdict_id IS NOT NULL\n           OR 'awaiting_approval' IN (OLD.status, NEW.status))\n       AND (OLD.text, OLD.speaker_id, OLD.speaker_role, OLD.said_at, OLD.said_precision, OLD.due_on, OLD.due_precision) IS DISTINCT FROM (NEW.text, NEW.speaker_id, NEW.speaker_role, NEW.said_at, NEW.said_precision, NEW.due_on, NEW.due_precision)\n       -- A merge of speakers moves the speaker and nothing else.\n       AND NOT ((OLD.text, OLD.speaker_role, OLD.said_at, OLD.said_precision, OLD.due_on, OLD.due_precision) IS NOT DISTINCT FROM (NEW.text, NEW.speaker_role, NEW.said_at, NEW.said_precision, NEW.due_on, NEW.due_precision)\n            AND EXISTS (SELECT FROM claims_merge WHERE\n                (loser_speaker_id = OLD.speaker_id AND winner_speaker_id = NEW.speaker_id AND undone_at IS NULL) OR\n                (winner_speaker_id = OLD.speaker_id AND loser_speaker_id = NEW.speaker_id AND undone_at IS NOT NULL\n                 AND moved->'claims' @> to_jsonb(NEW.id))))\n       AND NOT (claimtrack_redacts(TG_TABLE_NAME, NEW.id) AND claimtrack_is_masked(to_jsonb(OLD) - '{search,version,updated_at}'::text[], to_jsonb(NEW) - '{search,version,updated_at}'::text[]))\n    THEN RAISE EXCEPTION 'Wording, speaker and date of a claim with a verdict in force change only with the publication that says so' USING ERRCODE = '23514', CONSTRAINT = 'closed';\n    END IF;\n    IF NEW.speaker_id IS DISTINCT FROM OLD.speaker_id THEN \n    SELECT merged_into_id INTO into_id FROM claims_speaker WHERE id = NEW.speaker_id FOR SHARE;\n    IF into_id IS NOT NULL\n    THEN RAISE EXCEPTION 'This speaker was merged into another: the claim is the other one''s' USING ERRCODE = '23514', CONSTRAINT = 'merged_speaker';\n    END IF; END IF;\n    NEW.version := OLD.version + 1;\n    NEW.updated_at := statement_timestamp();\n    IF (NEW.text, NEW.language) IS DISTINCT FROM (OLD.text, OLD.language)\n    THEN NEW.search := claims_search(NEW.id, NEW.text, NEW.language);\n    END IF;\n    RETURN NEW;", hash='c76e72b6f29525af8ad78f7a0c65064191b4afac', operation='UPDATE', pgid='pgtrigger_claim_changed_01775', table='claims_claim', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='merge_accounted', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id"))', func="\n            IF NEW.merged_into_id IS DISTINCT FROM (\n                SELECT winner_claim_id FROM claims_merge WHERE loser_claim_id = NEW.id AND undone_at IS NULL)\n            THEN RAISE EXCEPTION 'What is merged, and what is not, follows from the merges on record' USING ERRCODE = '23514', CONSTRAINT = 'merge_unaccounted';\n            END IF;\n            IF NEW.merged_into_id IS NOT NULL AND NEW.verdict_id IS NOT NULL\n            THEN RAISE EXCEPTION 'A claim with a verdict in force cannot be merged away: withdraw it first' USING ERRCODE = '23514', CONSTRAINT = 'merge_verdict';\n            END IF;\n            RETURN NEW;", hash='965cb2dfe98f85448a9f86ecd4f308958f7d1152', operation='UPDATE OF "merged_into_id"', pgid='pgtrigger_merge_accounted_97f1e', table='claims_claim', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='listed', sql=claimtrack.db.guards.GuardSql(func='\n        INSERT INTO claims_claimsource (source_id, created_at, claim_id)\n            SELECT DISTINCT r.source_id, c.created_at, c.id\n            FROM claims_claim c JOIN claims_appearance a JOIN sources_snapshot s ON s.id = a.snapshot_id JOIN sources_article r ON r.id = s.article_id ON a.claim_id = c.id WHERE c.id IN (SELECT id FROM entered)\n            ON CONFLICT DO NOTHING;\n        UPDATE claims_claimtopic t SET created_at = c.created_at FROM (SELECT id AS claim_id FROM entered) l JOIN claims_claim c ON c.id = l.claim_id\n        WHERE t.claim_id = c.id AND t.created_at IS DISTINCT FROM c.created_at; RETURN NULL;', hash='0fb2f474503bfe2d66ddfcaf6b202dbb4b1957f9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_listed_6bce2', referencing='REFERENCING NEW TABLE AS entered ', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='appears', sql=claimtrack.db.guards.GuardSql(condition='WHEN (NEW."origin" IN (\'desk\', \'import\', \'api\'))', constraint='CONSTRAINT', func="\n            IF NOT EXISTS (SELECT FROM claims_appearance WHERE claim_id = NEW.id)\n               AND EXISTS (SELECT FROM claims_claim WHERE id = NEW.id AND merged_into_id IS NULL)\n            THEN RAISE EXCEPTION 'A claim appears somewhere: it needs at least one appearance' USING ERRCODE = '23514', CONSTRAINT = 'no_appearance';\n            END IF;\n            RETURN NULL;", hash='e1889b09a72a37b5603c1847eb255a580cc9b758', operation='INSERT', pgid='pgtrigger_appears_81530', table='claims_claim', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='frequencies_update', sql=claimtrack.db.guards.GuardSql(func="\n        WITH moved AS MATERIALIZED (\n            SELECT search, sum(sign)::integer AS sign FROM (SELECT id, search, -1 FROM before WHERE status IN ('awaiting_approval', 'checked', 'in_review', 'unverified', 'withdrawn') AND merged_into_id IS NULL AND search IS NOT NULL UNION ALL SELECT id, search, 1 FROM after WHERE status IN ('awaiting_approval', 'checked', 'in_review', 'unverified', 'withdrawn') AND merged_into_id IS NULL AND search IS NOT NULL) AS rows (id, search, sign)\n            GROUP BY id, search HAVING sum(sign) <> 0)\n        INSERT INTO claims_frequencychange (lexeme, claims, lexemes)\n            SELECT lexeme, sum(sign), 0 FROM moved, unnest(tsvector_to_array(search)) AS lexeme\n            GROUP BY lexeme HAVING sum(sign) <> 0\n            UNION ALL\n            SELECT '', sum(sign), sum(sign * length(search)) FROM moved HAVING count(*) > 0;\n        RETURN NULL;", hash='6fdf7aeec319557975bc38caeb6acc0900f4f14d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_frequencies_update_71ef9', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='frequencies_delete', sql=claimtrack.db.guards.GuardSql(func="\n        WITH moved AS MATERIALIZED (\n            SELECT search, sum(sign)::integer AS sign FROM (SELECT id, search, -1 FROM before WHERE status IN ('awaiting_approval', 'checked', 'in_review', 'unverified', 'withdrawn') AND merged_into_id IS NULL AND search IS NOT NULL) AS rows (id, search, sign)\n            GROUP BY id, search HAVING sum(sign) <> 0)\n        INSERT INTO claims_frequencychange (lexeme, claims, lexemes)\n            SELECT lexeme, sum(sign), 0 FROM moved, unnest(tsvector_to_array(search)) AS lexeme\n            GROUP BY lexeme HAVING sum(sign) <> 0\n            UNION ALL\n            SELECT '', sum(sign), sum(sign * length(search)) FROM moved HAVING count(*) > 0;\n        RETURN NULL;", hash='ade75b3e03222dd2cb44884447f429f883bf6db0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_frequencies_delete_ea6dc', referencing='REFERENCING OLD TABLE AS before ', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."due_precision" IS DISTINCT FROM (NEW."due_precision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."origin_key" IS DISTINCT FROM (NEW."origin_key") OR OLD."review_by" IS DISTINCT FROM (NEW."review_by") OR OLD."review_by_given" IS DISTINCT FROM (NEW."review_by_given") OR OLD."reviewed_at" IS DISTINCT FROM (NEW."reviewed_at") OR OLD."said_at" IS DISTINCT FROM (NEW."said_at") OR OLD."said_precision" IS DISTINCT FROM (NEW."said_precision") OR OLD."speaker_id" IS DISTINCT FROM (NEW."speaker_id") OR OLD."speaker_role" IS DISTINCT FROM (NEW."speaker_role") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."verdict_id" IS DISTINCT FROM (NEW."verdict_id"))', func='INSERT INTO "claims_claimevent" ("assignee_id", "created_at", "created_by_id", "due_on", "due_precision", "id", "language", "merged_into_id", "origin", "origin_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_by", "review_by_given", "reviewed_at", "said_at", "said_precision", "speaker_id", "speaker_role", "status", "text", "verdict_id") VALUES (OLD."assignee_id", OLD."created_at", OLD."created_by_id", OLD."due_on", OLD."due_precision", OLD."id", OLD."language", OLD."merged_into_id", OLD."origin", OLD."origin_key", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."review_by", OLD."review_by_given", OLD."reviewed_at", OLD."said_at", OLD."said_precision", OLD."speaker_id", OLD."speaker_role", OLD."status", OLD."text", OLD."verdict_id"); RETURN NULL;', hash='b63c11b7d80e23cbaaaa596c6469a13b8090e1af', operation='UPDATE', pgid='pgtrigger_update_update_fe4ba', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_claimevent" ("assignee_id", "created_at", "created_by_id", "due_on", "due_precision", "id", "language", "merged_into_id", "origin", "origin_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_by", "review_by_given", "reviewed_at", "said_at", "said_precision", "speaker_id", "speaker_role", "status", "text", "verdict_id") VALUES (OLD."assignee_id", OLD."created_at", OLD."created_by_id", OLD."due_on", OLD."due_precision", OLD."id", OLD."language", OLD."merged_into_id", OLD."origin", OLD."origin_key", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_by", OLD."review_by_given", OLD."reviewed_at", OLD."said_at", OLD."said_precision", OLD."speaker_id", OLD."speaker_role", OLD."status", OLD."text", OLD."verdict_id"); RETURN NULL;', hash='f10c3e875abcec5fbd50fc7f12f27bf656366435', operation='DELETE', pgid='pgtrigger_delete_delete_dbf31', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='ebabdc426544af9a5136caeea49a1faf9e7f7dd3', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_c8a44', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='report_claims', sql=claimtrack.db.guards.GuardSql(declare='DECLARE this_era smallint;', func="\n    this_era := claimtrack_era();\n    INSERT INTO claims_change (era, xact, kind, row_id, change)\n        SELECT this_era, pg_current_xact_id()::text::bigint, 'claim', c.id, 'upsert'\n        FROM after c WHERE c.status IN ('unverified', 'in_review', 'awaiting_approval', 'checked', 'withdrawn') AND c.merged_into_id IS NULL ORDER BY c.id;\n    IF EXISTS (SELECT FROM after c WHERE NOT (c.status IN ('unverified', 'in_review', 'awaiting_approval', 'checked', 'withdrawn') AND c.merged_into_id IS NULL)) AND EXISTS (SELECT FROM before c WHERE c.status IN ('unverified', 'in_review', 'awaiting_approval', 'checked', 'withdrawn') AND c.merged_into_id IS NULL) THEN\n        INSERT INTO claims_change (era, xact, kind, row_id, change, merged_into)\n        SELECT this_era, pg_current_xact_id()::text::bigint, 'claim', c.id, 'tombstone', winner.id\n        FROM before was JOIN claims_claim c ON c.id = was.id AND NOT (c.status IN ('unverified', 'in_review', 'awaiting_approval', 'checked', 'withdrawn') AND c.merged_into_id IS NULL)\n        LEFT JOIN claims_claim winner ON winner.id = c.merged_into_id AND winner.status IN ('unverified', 'in_review', 'awaiting_approval', 'checked', 'withdrawn') AND winner.merged_into_id IS NULL\n        WHERE was.status IN ('unverified', 'in_review', 'awaiting_approval', 'checked', 'withdrawn') AND was.merged_into_id IS NULL ORDER BY c.id;\n    END IF;\n    RETURN NULL;", hash='90daed4c580c461d6bfc6833531bfe7ec77a278a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_report_claims_30f7a', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='document_insert', sql=claimtrack.db.guards.GuardSql(func='PERFORM claims_renew_documents(ARRAY(SELECT id FROM rows)); RETURN NULL;', hash='bc57ceb09a494ace46a3c44ee8f9ebea5cb79855', level='STATEMENT', operation='INSERT', pgid='pgtrigger_document_insert_7f8a9', referencing='REFERENCING NEW TABLE AS rows ', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='document_update', sql=claimtrack.db.guards.GuardSql(func='PERFORM claims_renew_documents(ARRAY(SELECT id FROM rows)); RETURN NULL;', hash='111d309373f78507d25786a977beffdb12c64a8d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_document_update_dc4bc', referencing='REFERENCING NEW TABLE AS rows ', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='claim',
                trigger=pgtrigger.compiler.Trigger(name='document_delete', sql=claimtrack.db.guards.GuardSql(func='PERFORM claims_renew_documents(ARRAY(SELECT id FROM rows)); RETURN NULL;', hash='e4ace4ebcc86bd8c8999d6d8264312bfd53c5f58', level='STATEMENT', operation='DELETE', pgid='pgtrigger_document_delete_cb393', referencing='REFERENCING OLD TABLE AS rows ', table='claims_claim', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='verdictevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='b46ba893b4b7f8b560ebb6b3a4ec26626d26c0e5', operation='UPDATE', pgid='pgtrigger_frozen_update_ae940', table='claims_verdictevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='verdictevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='e578a73ac8585b149004d891d9ab2b0f9aeac8fb', operation='DELETE', pgid='pgtrigger_frozen_delete_fc6d6', table='claims_verdictevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='verdictevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='b89fe44159774bd04b0c982bea2b27947c90e8ae', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_57a90', table='claims_verdictevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='verdictevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='5e39477c62621c9b9fd57f3b816b35a9d85d6b7a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_51787', table='claims_verdictevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='webhook',
                constraint=models.UniqueConstraint(fields=('name',), name='webhook_name'),
            ),
            migrations.AddConstraint(
                model_name='webhook',
                constraint=models.CheckConstraint(condition=models.Q(('endpoint__regex', '^https?://[^/]')), name='webhook_endpoint'),
            ),
            migrations.AddConstraint(
                model_name='webhook',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kinds', []), _negated=True), ('kinds__contained_by', ['claim', 'speaker', 'source', 'article', 'topic', 'verdict'])), name='webhook_kinds'),
            ),
            migrations.AddConstraint(
                model_name='webhook',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'paused', 'off'])), name='webhook_state'),
            ),
            migrations.AddConstraint(
                model_name='webhook',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('off_because__in', ['gone', 'failing', 'secret']), ('state', 'off')), models.Q(models.Q(('state', 'off'), _negated=True), ('off_because', '')), _connector='OR'), name='webhook_off'),
            ),
            migrations.AddConstraint(
                model_name='webhook',
                constraint=models.CheckConstraint(condition=models.Q(('secret__startswith', 'gAAAA'), models.Q(('old_secret', ''), ('old_secret__startswith', 'gAAAA'), _connector='OR')), name='webhook_secret_encrypted'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."endpoint" IS DISTINCT FROM (NEW."endpoint") OR OLD."filters" IS DISTINCT FROM (NEW."filters") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kinds" IS DISTINCT FROM (NEW."kinds") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."off_because" IS DISTINCT FROM (NEW."off_because") OR OLD."old_secret_until" IS DISTINCT FROM (NEW."old_secret_until") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "claims_webhookevent" ("created_at", "created_by_id", "endpoint", "filters", "id", "kinds", "name", "off_because", "old_secret_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."created_at", OLD."created_by_id", OLD."endpoint", OLD."filters", OLD."id", OLD."kinds", OLD."name", OLD."off_because", OLD."old_secret_until", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."state"); RETURN NULL;', hash='7d2e5b566c7c0f13ef89a8fcd912fc4f87379ee8', operation='UPDATE', pgid='pgtrigger_update_update_57384', table='claims_webhook', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhook',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=claimtrack.db.guards.GuardSql(func='INSERT INTO "claims_webhookevent" ("created_at", "created_by_id", "endpoint", "filters", "id", "kinds", "name", "off_because", "old_secret_until", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."created_at", OLD."created_by_id", OLD."endpoint", OLD."filters", OLD."id", OLD."kinds", OLD."name", OLD."off_because", OLD."old_secret_until", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state"); RETURN NULL;', hash='23d675d62c51a9b2500fb36b78351b422988a6e3', operation='DELETE', pgid='pgtrigger_delete_delete_c756d', table='claims_webhook', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='told',
                constraint=models.UniqueConstraint(fields=('webhook', 'claim'), name='told_once'),
            ),
            migrations.AddIndex(
                model_name='notice',
                index=models.Index(fields=['person', '-id'], name='notice_person'),
            ),
            migrations.AddIndex(
                model_name='notice',
                index=models.Index(condition=models.Q(('read_at', None)), fields=['person', 'claim'], name='notice_unread'),
            ),
            migrations.AddIndex(
                model_name='notice',
                index=models.Index(condition=models.Q(('to_send', True)), fields=['person'], name='notice_to_send'),
            ),
            migrations.AddConstraint(
                model_name='notice',
                constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['due', 'review_by', 'come_due'])), fields=('claim', 'person', 'kind', 'due'), name='notice_due_once'),
            ),
            migrations.AddConstraint(
                model_name='notice',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim', None), ('webhook__isnull', False)), models.Q(('claim__isnull', False), ('webhook', None)), _connector='OR'), name='notice_subject'),
            ),
            migrations.AddConstraint(
                model_name='notice',
                constraint=models.CheckConstraint(condition=models.Q(('to_send', False), ('sent_at', None), _connector='OR'), name='notice_sent_once'),
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=models.Index(condition=models.Q(('state', 'waiting')), fields=['webhook', 'due_at'], name='delivery_due'),
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=models.Index(fields=['webhook', '-id'], name='delivery_newest'),
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=models.Index(condition=models.Q(('state', 'waiting'), _negated=True), fields=['attempted_at'], name='delivery_done'),
            ),
            migrations.AddConstraint(
                model_name='delivery',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('webhook', 'kind', 'row_id'), name='delivery_waiting_once'),
            ),
            migrations.AddConstraint(
                model_name='delivery',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'delivered', 'given_up'])), name='delivery_state'),
            ),
            migrations.AddConstraint(
                model_name='delivery',
                constraint=models.CheckConstraint(condition=models.Q(('state', 'waiting'), ('attempted_at__isnull', False), _connector='OR'), name='delivery_attempted'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhookevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="IF (claimtrack_redacts(TG_TABLE_NAME, NEW.pgh_obj_id) AND claimtrack_is_masked(to_jsonb(OLD), to_jsonb(NEW))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='31802383968237a8df8b8ddf7a9078cbe1289039', operation='UPDATE', pgid='pgtrigger_frozen_update_012a6', table='claims_webhookevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhookevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='b3299cea386a5effa0d72f84695f41f5831bc279', operation='DELETE', pgid='pgtrigger_frozen_delete_723f4', table='claims_webhookevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhookevent',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='8a02425ecee46e552364f49f890cd067744f8cce', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_af8e8', table='claims_webhookevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='webhookevent',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='fbf19e1877b7926bc99404c05174b63f2be9e7b1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_ee4c7', table='claims_webhookevent', when='BEFORE')),
            ),
        ]),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(documents.FUNCTION, documents.DROP_FUNCTION),
    ]
