"""Only workflows change a state (design: inside an app)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from temp_portal.audit.models import Stateful

SOURCES = ["temp_portal", "members", "committees", "projects"]
ALLOWED = {"workflows", "workflows.py", "workflow.py", "demo_data", "migrations"}
STATE_NAMES = {"state", "stage"}


def _is_state(target: ast.AST | None) -> bool:
    """`<something>.state`; an object's own attribute of that name (`self.stage`) is no record's state."""
    if not isinstance(target, ast.Attribute) or target.attr not in STATE_NAMES:
        return False
    return not (isinstance(target.value, ast.Name) and target.value.id == "self")


def assignments(path: Path) -> Iterator[int]:
    """Lines that assign to `<something>.state`, or pass `state=` to a queryset's `update`."""
    for node in ast.walk(ast.parse(path.read_text())):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(_is_state(target) for target in targets):
            yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            yield from (node.lineno for keyword in node.keywords if keyword.arg in STATE_NAMES)


def test_no_state_is_assigned_outside_workflows():
    found = [
        f"{path.relative_to(settings.BASE_DIR)}:{line}"
        for source in SOURCES
        for path in sorted((settings.BASE_DIR / source).rglob("*.py"))
        if not ALLOWED & set(path.parts)
        for line in assignments(path)
    ]
    assert found == []


def test_the_check_sees_an_assignment(tmp_path):
    planted = tmp_path / "views.py"
    planted.write_text("def f(a, q):\n    a.state = 'x'\n    q.update(stage='S1')\n")
    assert sorted(assignments(planted)) == [2, 3]


def test_a_state_is_not_editable_in_forms():
    editable = [
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, Stateful) and model._meta.get_field(model.state_field).editable
    ]
    assert editable == []
