"""Standbys of an embedded server, as an operator makes them: a copy by pg_basebackup, which then follows the primary."""

import os
import pwd
import subprocess
from pathlib import Path

from claimtrack.db.embedded import server


def make_standby(primary: Path, data: Path, *, of: Path | None = None, settings: str = "") -> None:
    """Make a standby of `primary` in `data`, and start it. `of` is one that was stopped, which is copied instead."""
    owner = pwd.getpwuid(primary.stat().st_uid)
    if of is None:
        data.mkdir(mode=0o700)
        os.chown(data, owner.pw_uid, owner.pw_gid)
        user, group = (owner.pw_uid, owner.pw_gid) if os.geteuid() == 0 else (None, None)
        where = ("--host", server.socket_folder(primary), "--port", server.PORT, "--username", server.NAME)
        command: list[str | Path] = [
            server.BIN / "pg_basebackup",
            *where,
            "--pgdata",
            data,
            "--write-recovery-conf",
            "--checkpoint=fast",
        ]
        subprocess.run(command, check=True, cwd="/", stderr=subprocess.DEVNULL, user=user, group=group)
        # Of the socket in the data folder, which is that of the primary.
        (data / f".s.PGSQL.{server.PORT}.lock").unlink(missing_ok=True)
        with (data / "postgresql.auto.conf").open("a") as written:
            written.write(settings)
    else:
        subprocess.run(["cp", "--archive", of, data], check=True)
    server.ensure_running(data)
