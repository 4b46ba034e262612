"""Imports and relations run downwards only (design: the house)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

LAYERS = [
    "core",
    "audit",
    "accounts",
    "jobs",
    "imports",
    "notifications",
    "documents",
    "reports",
    "members",
    "privacy",
    "committees",
    "projects",
    "progress",
    "risks",
    "handover",
]
SOURCES = ["temp_portal", "members", "committees", "projects"]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_the_contracts_hold():
    result = lint_imports(settings.BASE_DIR)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("temp_portal/core/planted.py", "import members.models"),
        ("temp_portal/audit/planted.py", "from temp_portal.accounts import models"),
        ("members/planted.py", "def late():\n    from committees.models import Seat\n    return Seat\n"),
    ],
)
def test_a_planted_violation_is_found(tmp_path, file, line):
    for source in SOURCES:
        shutil.copytree(settings.BASE_DIR / source, tmp_path / source, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(settings.BASE_DIR / "pyproject.toml", tmp_path)
    (tmp_path / file).write_text(line + "\n")
    result = lint_imports(tmp_path)
    assert result.returncode != 0
    assert file.removesuffix(".py").replace("/", ".") in result.stdout


def test_no_relation_points_upwards():
    """A foreign key named by string is invisible to import-linter."""
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in LAYERS
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model._meta.app_label in LAYERS
        if LAYERS.index(field.related_model._meta.app_label) > LAYERS.index(model._meta.app_label)
        # Who recorded a fact is a user: the platform's one relation from audit to the account.
        if field.related_model._meta.label != "accounts.User"
    ]
    assert upwards == []
