"""Where style sheets and scripts come from, and how a public server names them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# How the portal's own scripts import one another.
MODULE_IMPORTS: Final = (
    (r"""(?P<matched>from\s*["'](?P<url>\./[^"']+)["'])""", """from "%(url)s\""""),
    (r"""(?P<matched>import\s*["'](?P<url>\./[^"']+)["'])""", """import "%(url)s\""""),
    (r"""(?P<matched>import\(["'](?P<url>\./[^"']+)["']\))""", """import("%(url)s")"""),
)


class PackageFinder(FileSystemFinder):
    """Finds the few files that pages use of the packages in `node_modules`, and nothing else of them.

    STATICFILES_PACKAGES lists (prefix of the address, folder, names).
    """

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self.packages: Sequence[tuple[str, Path, Sequence[str]]] = settings.STATICFILES_PACKAGES
        self.locations = [(prefix, str(folder)) for prefix, folder, _names in self.packages]
        self.storages = {str(folder): _storage(prefix, folder) for prefix, folder, _names in self.packages}
        self.addresses = {f"{prefix}/{name}" for prefix, _folder, names in self.packages for name in names}

    def check(self, **_options: Any) -> list[Any]:
        """Complain about nothing: `doctor` tells whether the files are there."""
        return []

    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        """Return where a listed file lies."""
        return super().find_location(root, path, prefix) if path in self.addresses else None

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the listed files."""
        for _prefix, folder, names in self.packages:
            storage = self.storages[str(folder)]
            yield from ((name, storage) for name in names if storage.exists(name))


class HashedAssets(CompressedManifestStaticFilesStorage):
    """Names each file after its content, so that browsers may keep it for good."""

    # Django can follow imports in every script of every app, and trips over one in a comment of another's.
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", MODULE_IMPORTS))


def _storage(prefix: str, folder: Path) -> FileSystemStorage:
    storage = FileSystemStorage(location=folder)
    # `collectstatic` reads the address from here.
    vars(storage)["prefix"] = prefix
    return storage
