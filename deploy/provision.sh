#!/bin/sh
# The image of PostgreSQL runs this once, when its volume is new.
set -eu
psql --quiet --username postgres --file /provision.sql
for role in owner serving; do
    name=claimtrack_$([ "$role" = owner ] && echo owner || echo web)
    # psql quotes the password; it stands on no command line.
    { printf '\\set password `cat /run/secrets/%s_password`\n' "$role"; echo "ALTER ROLE $name PASSWORD :'password';"; } |
        psql --quiet --username postgres --set ON_ERROR_STOP=on
done
