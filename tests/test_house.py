"""The two import rules: sources never imports claims, and imports point left, from doors to pure."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PURE, MODEL, VERB, SHAPE, DOOR = range(5)
# By path inside the app; the longest that fits counts.
KINDS = {
    "models": MODEL,
    "ingesting": VERB, "reviewing": VERB, "curating": VERB, "importing": VERB, "defaults": VERB, "demo": VERB,
    "importing.lines": PURE, "importing.identity": PURE,
    "filters": SHAPE, "serializers": SHAPE, "api.filters": SHAPE, "api.documents": SHAPE, "api.serializers": SHAPE,
    "formats": DOOR, "formats.csv": SHAPE,
    "formats.annotations.model": PURE, "formats.feeds.atom": PURE, "formats.google.answers": PURE,
    "formats.claimreview": PURE, "formats.claimreview.publishing": SHAPE, "formats.claimreview.views": DOOR,
    "views": DOOR, "writing": DOOR, "api": DOOR, "admin": DOOR, "templatetags": DOOR, "management": DOOR,
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
    """PURE to DOOR: `claims.models.claim` is a model."""
    parts = module.split(".")[1:]
    paths = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((KINDS[path] for path in paths if path in KINDS), PURE)


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
