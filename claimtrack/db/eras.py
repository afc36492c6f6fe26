"""Eras: the lives of the database, in each of which transaction ids and the ledger's revision run on.

A dump that is loaded again, a recovery up to an earlier moment and a standby that takes over each begin another life. There the
same ids and revisions may come again and stand for something else, while consumers still hold those of the life before. So the
first change in a life begins a new era: the feed of changes sorts by the era first, and the revision leaps to where none was.

A life is known by the cluster, its timeline (which a recovery or a standby that takes over begins), the database and the table
of eras, which `pg_restore --clean` makes anew. Only a disk that was put back, below PostgreSQL, looks like the life before:
`SELECT claimtrack_begin_era()` is for that.
"""

# The row of claimtrack_revision that says where an era's revisions begin.
SLOT = -1

FUNCTIONS = f"""
    CREATE OR REPLACE FUNCTION claimtrack_life() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
        RETURN concat_ws('.', system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8),
            (SELECT oid FROM pg_database WHERE datname = current_database()), 'claimtrack_era'::regclass::oid)
            FROM pg_control_system();
    END $$;

    CREATE OR REPLACE FUNCTION claimtrack_begin_era() RETURNS smallint LANGUAGE plpgsql AS $$
    DECLARE
        -- No ledger makes a million changes a second, so no earlier era came as far.
        start bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
        begun smallint;
    BEGIN
        INSERT INTO claimtrack_era (id, life) SELECT COALESCE(max(id) + 1, 0), claimtrack_life() FROM claimtrack_era
            RETURNING id INTO begun;
        INSERT INTO claimtrack_revision AS revision (slot, value) VALUES ({SLOT}, start)
            ON CONFLICT (slot) DO UPDATE SET value = greatest(revision.value + 1, EXCLUDED.value);
        RETURN begun;
    END $$;

    CREATE OR REPLACE FUNCTION claimtrack_era() RETURNS smallint LANGUAGE plpgsql AS $$
    DECLARE
        latest record;
    BEGIN
        SELECT * INTO latest FROM claimtrack_era ORDER BY id DESC LIMIT 1;
        IF latest.life = claimtrack_life() THEN RETURN latest.id; END IF;
        PERFORM pg_advisory_xact_lock(70216, 0);
        SELECT * INTO latest FROM claimtrack_era ORDER BY id DESC LIMIT 1;
        IF latest.life = claimtrack_life() THEN RETURN latest.id; END IF;
        RETURN claimtrack_begin_era();
    END $$;
"""
DROP_FUNCTIONS = "DROP FUNCTION claimtrack_era; DROP FUNCTION claimtrack_begin_era; DROP FUNCTION claimtrack_life"
