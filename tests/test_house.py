"""The rules of the house: which module may import which, and how large things may grow. CONTRIBUTING.md explains them."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["claimtrack", "sources", "claims"]
PURE, MODEL, VERB, SHAPE, DOOR = range(5)
# By path inside the app; the longest that fits counts.
KINDS = {
    "models": MODEL,
    "ingesting": VERB, "reviewing": VERB, "curating": VERB, "importing": VERB, "defaults": VERB, "demo": VERB,
    "importing.lines": PURE, "importing.identity": PURE, "importing.report": PURE,
    "filters": SHAPE, "serializers": SHAPE, "api.filters": SHAPE, "api.documents": SHAPE, "api.serializers": SHAPE,
    "formats": DOOR, "formats.csv": SHAPE, "formats.exports": SHAPE, "formats.json": SHAPE,
    "formats.annotations.model": PURE, "formats.feeds.atom": PURE, "formats.google.answers": PURE,
    "formats.claimreview": PURE, "formats.claimreview.publishing": SHAPE, "formats.claimreview.views": DOOR,
    "views": DOOR, "urls": DOOR, "api": DOOR, "admin": DOOR, "templatetags": DOOR, "management": DOOR,
}  # fmt: skip
NAMES = ["pure", "model", "verb", "shape", "door"]
# Django finds these by name; they belong to no kind.
EXEMPT = {"apps", "migrations", "__init__"}
LONGEST = 400
CLAIMS_MODULES = 6
SUPPRESSIONS = 9

SOURCES = {
    path.relative_to(ROOT): path.read_text()
    for folder in [*APPS, "tests", "bench", "docs"]
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
}
OURS = {path: text for path, text in SOURCES.items() if path.parts[0] in APPS}


def dotted(path: Path) -> str:
    """The name a module is imported by: claims/models/__init__.py is `claims.models`."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


MODULES = {dotted(path): path for path in OURS}
OF_A_KIND = [
    path for path in OURS if path.parts[0] != "claimtrack" and path.with_suffix("").parts[1] not in EXEMPT
]  # the house rules in claimtrack/ serve every kind


def kind(module: str) -> int:
    """PURE to DOOR: `claims.models.claim` is a model."""
    parts = module.split(".")[1:]
    paths = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((KINDS[path] for path in paths if path in KINDS), PURE)


def imported(path: Path, nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Dotted names of what these nodes of a file import."""
    package = path.parent.parts
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
            base = base if node.level else str(node.module)
            # `from claims import models` names the module only after `import`.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when the module is imported: none inside a function or under TYPE_CHECKING."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from at_import(child)


def count(pattern: str, sources: dict[Path, str]) -> int:
    return sum(len(re.findall(pattern, text)) for text in sources.values())


@pytest.mark.parametrize("path", OF_A_KIND, ids=str)
def test_imports_point_left(path):
    module = dotted(path)
    for name in imported(path, ast.walk(ast.parse(OURS[path]))):
        app, _, rest = name.partition(".")
        assert not (module.startswith("sources.") and app == "claims"), f"sources never imports claims: {name}"
        if app in ("sources", "claims") and rest:
            assert kind(name) <= kind(module), f"a {NAMES[kind(module)]} imports a {NAMES[kind(name)]}: {name}"
        assert kind(module) or app not in ("django", "rest_framework"), f"a pure module imports {name}"


@pytest.mark.parametrize("path", [path for path in OURS if path.parts[0] == "claimtrack"], ids=str)
def test_what_serves_both_apps_imports_neither(path):
    apps = {name.partition(".")[0] for name in imported(path, ast.walk(ast.parse(OURS[path])))} & {"sources", "claims"}
    assert dotted(path) == "claimtrack.urls" or not apps, f"claimtrack imports {apps}"


def test_every_kind_is_of_a_module_that_exists():
    for path in KINDS:
        assert any(f"{app}.{path}" in MODULES for app in APPS), f"{path} is in KINDS and nowhere else"


def test_no_imports_run_in_a_circle():
    def module(name: str) -> str:
        return name if name in MODULES else name.rpartition(".")[0]

    graph = {
        name: {module(other) for other in imported(path, at_import(ast.parse(OURS[path])))} & MODULES.keys() - {name}
        for name, path in MODULES.items()
    }
    # Raises CycleError, which names the modules.
    TopologicalSorter(graph).prepare()


def test_no_file_is_too_long():
    long = {str(path): length for path, text in SOURCES.items() if (length := text.count("\n")) > LONGEST}
    assert long == {}, "Split it by noun, inside its kind."


def test_claims_is_made_of_folders():
    modules = [path.name for path in OURS if path.parts[0] == "claims" and len(path.parts) == 2]
    assert len(modules) - len({"__init__.py"}) <= CLAIMS_MODULES, modules


@pytest.mark.parametrize("comment", ["noqa", "type: ignore"])
def test_few_checks_are_switched_off(comment):
    assert count(rf"# {comment}\b", SOURCES) <= SUPPRESSIONS
