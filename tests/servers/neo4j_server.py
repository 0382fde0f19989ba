"""A real Neo4j Community server for the tests: its jars from Maven Central, kept in the user's cache directory.

The artifact `org.neo4j:neo4j` holds the whole server, so nothing has to be installed but Java and, once, Maven.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

VERSION = "5.26.12"
JAVA_NEEDED = 17
START_SECONDS = 300
STOP_SECONDS = 60

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>paperkg</groupId><artifactId>neo4j-of-the-tests</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
  </dependencies>
</project>
"""

SETTINGS = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.memory.pagecache.size=16m
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=1 files
dbms.usage_report.enabled=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
internal.server.bolt.thread_pool_shutdown_wait_time=0s
"""

JAVA_OPTIONS = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")


class UnavailableError(Exception):
    """Why there can be no server on this machine, in one line."""


def java_program() -> str:
    """The `java` of JAVA_HOME or of PATH.

    Raises UnavailableError when there is none, or one that is too old.
    """
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if not program or not Path(program).exists():
        raise UnavailableError(f"no java here; Neo4j needs Java {JAVA_NEEDED} or newer")
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if not found or int(found[1]) < JAVA_NEEDED:
        raise UnavailableError(f"{program} is no Java {JAVA_NEEDED} or newer: {said.strip().splitlines()[:1]}")
    return program


def cache_folder() -> Path:
    """The folder that keeps the jars between runs, following the XDG base directory specification."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "paperkg"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Lets one process at a time in; the lock falls with the process."""
    import fcntl

    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetch(folder: Path) -> None:
    """Copies the server's jars from Maven Central into a folder."""
    maven = shutil.which("mvn")
    if not maven:
        raise UnavailableError("no mvn here; Maven is needed once to fetch Neo4j's jars")
    (folder / "pom.xml").write_text(POM)
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
    places = ["-f", str(folder / "pom.xml"), f"-DoutputDirectory={folder / 'lib'}"]
    command = [maven, "--batch-mode", "--quiet", goal, *places]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        reason = (done.stdout + done.stderr).strip().splitlines()[:1]
        raise UnavailableError(f"Maven could not fetch org.neo4j:neo4j:{VERSION}: {reason}")


def assemble(cache: Path) -> Path:
    """The folder of the server's jars, fetched beside it and renamed at first use, so that there is never a half.

    Raises UnavailableError when they cannot be fetched.
    """
    home = cache / f"neo4j-{VERSION}"
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache / f"neo4j-{VERSION}.lock"):
        if not home.is_dir():
            for left in cache.glob("fetching-*"):  # by a run that was killed
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=cache, prefix="fetching-") as beside:
                whole = Path(beside, "neo4j")
                whole.mkdir()
                _fetch(whole)
                whole.rename(home)
    return home / "lib"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _end_with_parent() -> None:
    """Asks Linux to stop the server should the test run be killed before it can."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Neo4jServer:
    """A running server with a password, on a free loopback port, in a temporary home."""

    username = "neo4j"

    def __init__(
        self, java: str, jars: Path, *, options: Sequence[str] = JAVA_OPTIONS, plugins: Sequence[Path] = ()
    ) -> None:
        self.port = _free_port()
        self.address = f"bolt://127.0.0.1:{self.port}"
        self.password = secrets.token_urlsafe(12)
        self._home = tempfile.TemporaryDirectory(prefix="paperkg-neo4j-")
        self._configuration = Path(self._home.name, "conf")
        self._java = [java, *options, "-cp", f"{jars}/*{os.pathsep}{self._home.name}/plugins/*"]
        self._process: subprocess.Popen[str] | None = None
        self._last_lines: deque[str] = deque(maxlen=30)
        self._prepare()
        for plugin in plugins:
            shutil.copy(plugin, Path(self._home.name, "plugins"))

    def _prepare(self) -> None:
        """Writes the settings and the password of the first start."""
        self._configuration.mkdir()
        Path(self._home.name, "plugins").mkdir()
        (self._configuration / "neo4j.conf").write_text(SETTINGS.format(port=self.port))
        self._administer("dbms", "set-initial-password", self.password)

    def _administer(self, *arguments: str) -> None:
        """Runs `neo4j-admin`."""
        environment = {**os.environ, "NEO4J_HOME": self._home.name, "NEO4J_CONF": str(self._configuration)}
        command = [*self._java, "org.neo4j.cli.AdminTool", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode:
            raise RuntimeError(f"neo4j-admin {' '.join(arguments)}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")

    def import_full(self, *options: str) -> None:
        """Replaces the database by what files hold, and starts the server again."""
        self.stop()
        report = str(Path(self._home.name, "import.report"))
        self._administer(
            "database", "import", "full", "neo4j", "--overwrite-destination", f"--report-file={report}", *options
        )
        self.start()

    def start(self) -> None:
        """Starts the server and returns when it answers.

        Raises RuntimeError with the last lines of its log when it ends or is silent for too long.
        """
        folders = [f"--home-dir={self._home.name}", f"--config-dir={self._configuration}"]
        self._process = subprocess.Popen(
            [*self._java, "org.neo4j.server.CommunityEntryPoint", *folders, "--console-mode"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  one system call, no lock
        )
        settled = threading.Event()
        threading.Thread(target=self._follow, args=(self._process, settled), daemon=True).start()
        settled.wait(START_SECONDS)
        if not any("Started." in line for line in self._last_lines):
            self.kill()
            raise RuntimeError("Neo4j did not start:\n" + "".join(self._last_lines))

    def _follow(self, process: subprocess.Popen[str], settled: threading.Event) -> None:
        """Keeps the last lines of the log, and tells when the server has started or ended."""
        assert process.stdout
        self._last_lines.clear()
        with process.stdout as log:
            for line in log:
                self._last_lines.append(line)
                if "Started." in line:
                    settled.set()
        settled.set()

    def _end(self, signal_number: int) -> None:
        if self._process:
            self._process.send_signal(signal_number)
            self._process.wait(STOP_SECONDS)
            self._process = None

    def stop(self) -> None:
        """Stops the server as an administrator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends the server as a power cut does; `start` brings it back with what it had committed."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stops the server if it runs and starts it again, on the same port and data."""
        self.stop()
        self.start()

    def close(self) -> None:
        """Stops the server and deletes its home."""
        self.stop()
        self._home.cleanup()


@contextmanager
def neo4j_server(
    cache: Path, *, options: Sequence[str] = JAVA_OPTIONS, plugins: Sequence[Path] = ()
) -> Iterator[Neo4jServer]:
    """A server that runs until the context ends, or this process does; its jars are kept in the folder `cache`.

    `options` are Java's, `plugins` jars of the server's. Raises UnavailableError when this machine cannot have one.
    """
    server = Neo4jServer(java_program(), assemble(cache), options=options, plugins=plugins)
    atexit.register(server.close)
    try:
        server.start()
        yield server
    finally:
        server.close()
        atexit.unregister(server.close)
