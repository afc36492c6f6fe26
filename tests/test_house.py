"""The two import rules: sources never imports claims, and imports point left, from doors to pure."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KINDS = {
    "models": 1,
    "ingesting": 2, "reviewing": 2, "curating": 2, "transfer": 2, "external": 2, "desk": 2, "demo": 2,
    "filters": 3, "serializers": 3, "tables": 3, "inputs": 3, "published": 3,
    "views": 4, "writing": 4, "changes": 4, "exporting": 4, "exchange": 4, "admin": 4, "templatetags": 4, "management": 4,
}  # fmt: skip
NAMES = ["pure", "model", "verb", "shape", "door"]
# Django finds these by name; they belong to no kind.
EXEMPT = {"apps", "migrations", "__init__"}

MODULES = [
    path
    for app in ("sources", "claims")
    for path in sorted((ROOT / app).rglob("*.py"))
    if path.relative_to(ROOT / app).with_suffix("").parts[0] not in EXEMPT
]


def kind(module: str) -> int:
    """0 (pure) to 4 (door), by the module's or package's name inside its app: `claims.models.claim` is a model."""
    return KINDS.get(module.split(".")[1], 0)


def imported(path: Path) -> Iterator[str]:
    """Dotted names of the modules that a file imports, wherever in the file."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
            base = base if node.level else str(node.module)
            # `from claims import models` names the module only after `import`.
            yield from (f"{base}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_left(path):
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for name in imported(path):
        app, _, rest = name.partition(".")
        assert not (module.startswith("sources.") and app == "claims"), f"sources never imports claims: {name}"
        if app in ("sources", "claims") and rest:
            assert kind(name) <= kind(module), f"a {NAMES[kind(module)]} imports a {NAMES[kind(name)]}: {name}"
        assert kind(module) or app not in ("django", "rest_framework"), f"a pure module imports {name}"
