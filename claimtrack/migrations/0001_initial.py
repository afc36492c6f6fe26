import claimtrack.db.guards
import claimtrack.models
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from claimtrack.db import revision
from claimtrack.db.operations import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('procrastinate', '0041_post_retry_failed_job'),
    ]

    operations = [
        migrations.RunSQL(revision.FUNCTION, revision.DROP_FUNCTION),
        migrations.CreateModel(
            name='CacheEntry',
            fields=[
                ('key', models.CharField(max_length=300, primary_key=True, serialize=False)),
                ('value', models.JSONField()),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Era',
            fields=[
                ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('life', models.TextField()),
                ('began_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('beat', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='JobError',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.BigIntegerField(db_index=True)),
                ('attempt', models.PositiveIntegerField()),
                ('error', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='RateCounter',
            fields=[
                ('key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('window', models.BigIntegerField()),
                ('used', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('slot', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('value', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Attribution',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('pghistory.context',),
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
            ],
            options={
                'verbose_name': 'job',
                'verbose_name_plural': 'jobs',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('procrastinate.procrastinatejob',),
        ),
        migrations.CreateModel(
            name='RoleGroup',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('auth.group',),
            managers=[
                ('objects', django.contrib.auth.models.GroupManager()),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('public_name', models.CharField(blank=True, help_text='The name readers see beside this person’s verdicts. Empty: the desk’s name is shown.', max_length=200, verbose_name='public name')),
                ('notices_by_email', models.CharField(choices=[('none', 'None: they stand at the desk only'), ('at_once', 'Each one at once'), ('daily', 'One e-mail a day with all of them')], default='none', max_length=7, verbose_name='notices by e-mail')),
                ('language', models.CharField(blank=True, choices=claimtrack.models.languages, help_text="Empty: the desk's language.", max_length=10, verbose_name='language')),
                ('preview', models.BooleanField(default=True, help_text='Show first what readers will see, and what it changes. A correction always shows it.', verbose_name='preview before publishing')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='KeptAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=255)),
                ('fingerprint', models.CharField(help_text='Of the request.', max_length=64)),
                ('status', models.PositiveSmallIntegerField(help_text='Null: it is being answered.', null=True)),
                ('headers', models.JSONField(default=dict)),
                ('body', models.TextField(default='')),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(help_text='Public.', verbose_name='reason')),
                ('order', models.CharField(help_text='What it rests on, such as the reference of a court.', max_length=300, verbose_name='order')),
                ('rows', models.JSONField(help_text='The keys of the rows that lost text, by table.', verbose_name='rows')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                ('transaction', models.BigIntegerField(default=0, editable=False, verbose_name='transaction')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'redaction',
                'verbose_name_plural': 'redactions',
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What uses it.', max_length=100, verbose_name='name')),
                ('scope', models.CharField(choices=[('read', 'Read what is public'), ('propose', 'Propose: at most what a Contributor may'), ('review', 'Review: at most what a Moderator may'), ('admin', 'Everything that its user may')], max_length=7, verbose_name='scope')),
                ('digest', models.CharField(editable=False, help_text='SHA-256 of the secret.', max_length=64, unique=True, verbose_name='digest')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('expires_at', models.DateTimeField(blank=True, help_text='Empty: never.', null=True, verbose_name='expires at')),
                ('revoked_at', models.DateTimeField(editable=False, null=True, verbose_name='revoked at')),
                ('last_used_at', models.DateTimeField(editable=False, help_text='To the minute.', null=True, verbose_name='last used at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'token',
                'verbose_name_plural': 'tokens',
            },
        ),
        Together([
            pgtrigger.migrations.AddTrigger(
                model_name='attribution',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='ce7d0523977e1369438dbe31f78c7db229775de3', operation='UPDATE', pgid='pgtrigger_frozen_update_a64bc', table='pghistory_context', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attribution',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='0fb12501afe109af253762e720dac2d951f5657e', operation='DELETE', pgid='pgtrigger_frozen_delete_64e0e', table='pghistory_context', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attribution',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='f32379b9ea5df3b665e5cf170c01cd92a4c77b21', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_f52da', table='pghistory_context', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='attribution',
                trigger=pgtrigger.compiler.Trigger(name='derived', sql=claimtrack.db.guards.GuardSql(func="\n            IF pg_trigger_depth() < 2\n            THEN RAISE EXCEPTION 'This follows from other rows, and only the functions that compose it write it' USING ERRCODE = '23514', CONSTRAINT = 'derived';\n            END IF;\n            RETURN NULL;", hash='b9c9326144ec7b2e5c6a35867f09b6649c5cfa23', level='STATEMENT', operation='INSERT', pgid='pgtrigger_derived_1d08c', table='pghistory_context', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='rolegroup',
                trigger=pgtrigger.compiler.Trigger(name='role_group', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."name" IN (\'Contributor\', \'Moderator\', \'Editor\'))', func="\n                    IF TG_OP = 'UPDATE' AND NEW.name = OLD.name THEN RETURN NEW; END IF;\n                    RAISE EXCEPTION 'The groups of the roles stay, and keep their names' USING ERRCODE = '23514', CONSTRAINT = 'role_group';", hash='8b298e2ca4f6f720f47fd671cf2619544a6dc052', operation='UPDATE OF "name" OR DELETE', pgid='pgtrigger_role_group_275a8', table='auth_group', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='f5888df0ad93b6af9e08217d685cc6e9921b0893', level='STATEMENT', operation='UPDATE OF "public_name"', pgid='pgtrigger_raise_revision_9dea7', table='claimtrack_user', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='last_administrator', sql=claimtrack.db.guards.GuardSql(condition='WHEN (OLD."is_active" AND OLD."is_staff" AND OLD."is_superuser")', func="\n                    PERFORM pg_advisory_xact_lock(hashtext('claimtrack_user.last_administrator'));\n                    IF NOT EXISTS (SELECT FROM claimtrack_user WHERE is_active AND is_staff AND is_superuser)\n                    THEN RAISE EXCEPTION 'This is the last administrator: make somebody else an administrator first' USING ERRCODE = '23514', CONSTRAINT = 'last_administrator';\n                    END IF;\n                    RETURN NULL;", hash='3d5dc9c41aae841abee6601b8a6467d0806a467d', operation='UPDATE OF "is_active", "is_staff", "is_superuser" OR DELETE', pgid='pgtrigger_last_administrator_a47eb', table='claimtrack_user', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='jobs_account', sql=claimtrack.db.guards.GuardSql(func="\n                    IF TG_OP <> 'INSERT' AND OLD.username = 'claimtrack:jobs'\n                        AND (TG_OP = 'DELETE' OR NEW.username <> OLD.username)\n                        OR TG_OP <> 'DELETE' AND NEW.username = 'claimtrack:jobs'\n                        AND (NEW.password NOT LIKE '!%%' OR NEW.email <> '' OR NEW.is_staff OR NEW.is_superuser)\n                    THEN RAISE EXCEPTION 'The account for which jobs act cannot sign in, and keeps its name' USING ERRCODE = '23514', CONSTRAINT = 'jobs_account';\n                    END IF;\n                    RETURN coalesce(NEW, OLD);", hash='3ce32dcd7e4e4820777db7025d9564d19ab566ae', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_jobs_account_24d1d', table='claimtrack_user', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='user',
                trigger=pgtrigger.compiler.Trigger(name='unassign_deactivated', sql=claimtrack.db.guards.GuardSql(condition='WHEN (NOT NEW."is_active" AND OLD."is_active")', func='\n            -- A claim that was merged away takes no edit.\n            UPDATE claims_claim SET assignee_id = NULL WHERE assignee_id = NEW.id AND merged_into_id IS NULL;\n            DELETE FROM claims_request WHERE person_id = NEW.id;\n            UPDATE claims_notice SET to_send = false WHERE person_id = NEW.id AND to_send;\n            RETURN NULL;', hash='9aa9b6433244d10446bdebbfacdcc51e811cd60d', operation='UPDATE OF "is_active"', pgid='pgtrigger_unassign_deactivated_c7009', table='claimtrack_user', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='keptanswer',
                constraint=models.UniqueConstraint(fields=('user', 'key'), name='kept_answer_once'),
            ),
            migrations.AddConstraint(
                model_name='redaction',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('order', ''), _negated=True)), name='redaction_says_why'),
            ),
            migrations.AddConstraint(
                model_name='redaction',
                constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('by')), _negated=True), _connector='OR'), name='redaction_two_persons'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redaction',
                trigger=pgtrigger.compiler.Trigger(name='frozen_update', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='bac7b4a06356ad4168e7fe936692f5fcd0038651', operation='UPDATE', pgid='pgtrigger_frozen_update_3b3fe', table='claimtrack_redaction', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redaction',
                trigger=pgtrigger.compiler.Trigger(name='frozen_delete', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='38609e3e1442cd9ca8aa7fc384d632736598eac7', operation='DELETE', pgid='pgtrigger_frozen_delete_ae183', table='claimtrack_redaction', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redaction',
                trigger=pgtrigger.compiler.Trigger(name='frozen_truncate', sql=claimtrack.db.guards.GuardSql(func="RAISE EXCEPTION 'What is on record here is frozen: it can be neither changed nor deleted' USING ERRCODE = '23514', CONSTRAINT = 'frozen';", hash='7d74ef0d03dce576c56ae84a05369224b47aaaaf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_frozen_truncate_71c3d', table='claimtrack_redaction', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redaction',
                trigger=pgtrigger.compiler.Trigger(name='dated', sql=claimtrack.db.guards.GuardSql(func='\n                    NEW.transaction := pg_current_xact_id()::text::bigint;\n                    NEW.at := statement_timestamp();\n                    RETURN NEW;', hash='d0463421c17ac97ae5ddc7b1a5208010f72d9161', operation='INSERT', pgid='pgtrigger_dated_96e13', table='claimtrack_redaction', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='redaction',
                trigger=pgtrigger.compiler.Trigger(name='raise_revision', sql=claimtrack.db.guards.GuardSql(func='PERFORM claimtrack_raise_revision(); RETURN NULL;', hash='89450211d634e419ce6297c2ec94b371bae3c2fa', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_raise_revision_80653', table='claimtrack_redaction', when='AFTER')),
            ),
        ]),
    ]
