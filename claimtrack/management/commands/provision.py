import re

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

NAME = re.compile("[a-z_][a-z0-9_]{0,62}")

# For psql: \gexec executes the rows of a query, so existing roles and databases stay unchanged.
SQL = """\
\\set ON_ERROR_STOP on
SET client_min_messages = warning;

-- The owner migrates. The other role serves the site: it reads and writes rows, and can neither truncate nor alter nor drop.
SELECT 'CREATE ROLE {owner} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{owner}') \\gexec
SELECT 'CREATE ROLE {serving} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{serving}') \\gexec
ALTER ROLE {serving} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;

-- What a connection would otherwise have to ask for at its start, which a pooler in transaction mode loses.
ALTER ROLE {serving} SET statement_timeout = '{timeout}s';
ALTER ROLE {serving} SET timezone = 'UTC';
ALTER ROLE {owner} SET timezone = 'UTC';
-- Compiling a plan takes longer than it saves: statements are short, or spend their time in functions.
ALTER ROLE {serving} SET jit = off;
ALTER ROLE {owner} SET jit = off;
-- An SSD reads a page as fast wherever it lies. By the default, some rare words of a search are sought through the newest claims.
ALTER ROLE {serving} SET random_page_cost = 1.1;

SELECT 'CREATE DATABASE {database} OWNER {owner} TEMPLATE template0 ENCODING ''UTF8'' LC_COLLATE ''C'' LC_CTYPE ''C.UTF-8'''
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT, CREATE ON DATABASE {database} TO {owner};
GRANT CONNECT ON DATABASE {database} TO {serving};

\\connect {database}
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {owner};
GRANT USAGE ON SCHEMA public TO {serving};

-- For tables that migrations will create, and for existing ones.
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {serving};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {serving};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {serving};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {serving};
"""


class Command(BaseCommand):
    help = (
        "Print the SQL that makes the database, a role that owns it and a role that serves the site. Run it with psql as a "
        "superuser: claimtrack manage provision | sudo -u postgres psql. Run it again after a change of "
        "CLAIMTRACK_STATEMENT_TIMEOUT. It sets no passwords; use \\password in psql."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--database", default="claimtrack", metavar="NAME")
        parser.add_argument("--owner", default="claimtrack_owner", metavar="NAME", help="The role that migrates.")
        parser.add_argument(
            "--serving", default="claimtrack_web", metavar="NAME", help="The role that serves the site."
        )

    def handle(self, *args, database, owner, serving, **options):
        for name in (database, owner, serving):
            if not NAME.fullmatch(name):
                raise CommandError(f"{name} is not a name of lower-case ASCII letters, digits and underscores.")
        if owner == serving:
            raise CommandError(
                "Owner and serving role must differ: the role that serves the site must not own its tables."
            )
        timeout = settings.CLAIMTRACK_STATEMENT_TIMEOUT
        self.stdout.write(SQL.format(database=database, owner=owner, serving=serving, timeout=timeout), ending="")
