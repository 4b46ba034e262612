"""Provide `var/browser/chromium` for the browser tests: a small wrapper around the browser found here.

Tried in turn: a browser on the PATH; `apt-get install chromium` for root; the npm package `@sparticuz/chromium`.
A browser counts only when it starts and draws a page. ``--check`` tells whether the wrapper made before still works,
``--present`` whether a browser is found without the npm package.
"""

import os
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "browser"
WRAPPER = FOLDER / "chromium"
UNPACKED = FOLDER / "unpacked"
PACKED = ROOT / "node_modules" / "@sparticuz" / "chromium" / "bin"
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
FONT_PACKAGES = ("pylopdf_fonts_zh_cn", "fontpkg_noto_sans")
UNPACK = (
    "const [, from, to] = process.argv; const fs = require('fs'); const zlib = require('zlib');"
    "fs.createReadStream(from).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(to));"
)


def main() -> int:
    if "--check" in sys.argv:
        return 0 if WRAPPER.exists() and starts() else 1
    if "--present" in sys.argv:
        return 0 if use_present() or use_system_package() else 1
    if use_present() or use_system_package() or use_npm_package():
        print(f"  {WRAPPER.relative_to(ROOT)}")
        return 0
    print("No browser for the tests: install Chromium or Google Chrome so that it is on the PATH.", file=sys.stderr)
    return 1


def use_present() -> bool:
    """Use a browser on the PATH, if one starts."""
    return any(use(Path(found)) for name in NAMES if (found := shutil.which(name)))


def use_system_package() -> bool:
    """Install the distribution's browser, as root on Debian and its kin."""
    apt = shutil.which("apt-get")
    if os.geteuid() or apt is None:
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "-qq", "update"], env=environment, check=False)
    install = [apt, "-qq", "-y", "--no-install-recommends", "install", "chromium"]
    return subprocess.run(install, env=environment, check=False).returncode == 0 and use_present()


def use_npm_package() -> bool:
    """Unpack the browser of the npm package, which needs no installation."""
    node = shutil.which("node")
    if node is None or not PACKED.is_dir():
        return False
    UNPACKED.mkdir(parents=True, exist_ok=True)
    for packed in PACKED.glob("*.br"):
        subprocess.run([node, "-e", UNPACK, packed, UNPACKED / packed.stem], check=True)
    for archive in UNPACKED.glob("*.tar"):
        shutil.unpack_archive(archive, UNPACKED)
        archive.unlink()
    browser = UNPACKED / "chromium"
    browser.chmod(0o755)
    return use(browser, libraries=f"{UNPACKED / 'lib'}:{UNPACKED}")


def use(browser: Path, libraries: str = "") -> bool:
    """Write the wrapper for ``browser`` and tell whether it starts."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = ["#!/bin/sh", f"export FONTCONFIG_FILE={shlex.quote(str(write_font_settings()))}"]
    if libraries:
        lines.append(f"export LD_LIBRARY_PATH={shlex.quote(libraries)}")
    lines.append(f'exec {shlex.quote(str(browser))} "$@"')
    WRAPPER.write_text("\n".join(lines) + "\n")
    WRAPPER.chmod(0o755)
    return starts()


def write_font_settings() -> Path:
    """Give the browser the portal's own fonts, so that Chinese and Russian are drawn on any machine."""
    folders = [Path(place) for name in FONT_PACKAGES for place in find_spec(name).submodule_search_locations]
    entries = "".join(f"<dir>{folder}</dir>" for folder in folders)
    path = FOLDER / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{entries}'
        f"<cachedir>{FOLDER / 'fonts'}</cachedir></fontconfig>\n"
    )
    return path


def starts() -> bool:
    """Tell whether the wrapped browser opens a page."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=WRAPPER, args=ARGUMENTS, timeout=30_000)
            page = browser.new_page()
            page.set_content("<p id=answer>drawn</p>")
            drawn = page.inner_text("#answer") == "drawn"
            browser.close()
    except Error:
        return False
    return drawn


if __name__ == "__main__":
    sys.exit(main())
