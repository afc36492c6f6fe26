"""Eras: periods in which transaction ids and the ledger's revision only rise.

When a dump is loaded, a cluster is recovered to an earlier moment, or a standby is promoted, ids and revisions that consumers
have already seen can be used a second time for something else. Therefore the first change afterwards begins a new era. The feed
of changes sorts by era first, and the revision jumps to a value higher than any before.

The function claimtrack_life() identifies a period by the cluster, its timeline (a recovery or a promotion begins a new one), the
database, and the table of eras, which `pg_restore --clean` creates again. It cannot notice that a disk was restored from a
snapshot. In that case, run `SELECT claimtrack_begin_era()`.
"""

# The slot of claimtrack_revision that holds the first revision of the era.
SLOT = -1

FUNCTIONS = f"""
    CREATE OR REPLACE FUNCTION claimtrack_life() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
        RETURN concat_ws('.', system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8),
            (SELECT oid FROM pg_database WHERE datname = current_database()), 'claimtrack_era'::regclass::oid)
            FROM pg_control_system();
    END $$;

    CREATE OR REPLACE FUNCTION claimtrack_begin_era() RETURNS smallint LANGUAGE plpgsql AS $$
    DECLARE
        -- Microseconds since 1970: no ledger makes a million changes a second, so no earlier era reached this number.
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
