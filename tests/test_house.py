"""Rules about the code: which module may import which, and how large things may grow. CONTRIBUTING.md explains them."""

import ast
import inspect
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver
from rest_framework.viewsets import GenericViewSet, ModelViewSet

ROOT = Path(__file__).resolve().parent.parent
APPS = ["claimtrack", "sources", "claims"]
PURE, MODEL, VERB, SHAPE, DOOR = range(5)
# The kind of each path inside an app, or of a whole name if the apps differ. The longest matching path counts.
KINDS = {
    "models": MODEL,
    "ingesting": VERB, "rereading": VERB, "reviewing": VERB, "curating": VERB, "importing": VERB, "defaults": VERB,
    "demo": VERB,
    "notices": VERB, "proof.recording": VERB, "proof.sequencing": VERB, "proof.receipts": VERB, "proof.cosigning": VERB,
    "proof.stamping": VERB, "proof.verifying": VERB, "proof.sealing": VERB, "matching": MODEL,
    "importing.lines": PURE, "importing.identity": PURE, "importing.report": PURE,
    "importing.tables": PURE,
    "filters": SHAPE, "serializers": SHAPE, "api.filters": SHAPE, "api.documents": SHAPE, "api.serializers": SHAPE,
    "formats": DOOR, "formats.csv": SHAPE, "formats.exports": SHAPE, "formats.json": SHAPE,
    "formats.annotations.model": PURE, "formats.feeds.atom": PURE, "formats.google.answers": PURE,
    "formats.claimreview": PURE, "formats.claimreview.publishing": SHAPE, "formats.claimreview.views": DOOR,
    "claims.pages": DOOR, "figures.pack": SHAPE,
    # It sends the JSON of the API and takes the filters of the list.
    "webhooks": SHAPE,
    "views": DOOR, "urls": DOOR, "api": DOOR, "admin": DOOR, "templatetags": DOOR, "management": DOOR,
    "mcp": DOOR, "tasks": DOOR,
}  # fmt: skip
NAMES = ["pure", "model", "verb", "shape", "door"]
# Django finds these by name. They have no kind.
EXEMPT = {"apps", "migrations", "__init__"}
MAX_LINES = 400
MAX_VIEWSET_LINES = 250
MAX_FUNCTION_LINES = 60
MAX_CLAIMS_MODULES = 6
MAX_VIEWSET_BASES = len(ModelViewSet.__mro__) + 3
MAX_SUPPRESSIONS = 9
LINES_PER_ANY = 100

SOURCES = {
    path.relative_to(ROOT): path.read_text()
    for folder in [*APPS, "tests", "bench", "docs"]
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
}
OURS = {path: text for path, text in SOURCES.items() if path.parts[0] in APPS}


def dotted(path: Path) -> str:
    """Return the name by which a module is imported: `claims.models` for claims/models/__init__.py."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


MODULES = {dotted(path): path for path in OURS}
OF_A_KIND = [
    path for path in OURS if path.parts[0] != "claimtrack" and path.with_suffix("").parts[1] not in EXEMPT
]  # modules in claimtrack/ serve every kind


def kind(module: str) -> int:
    """Return the kind of a module, from PURE to DOOR."""
    parts = module.split(".")
    paths = (".".join(parts[first:length]) for length in range(len(parts), 1, -1) for first in (0, 1))
    return next((KINDS[path] for path in paths if path in KINDS), PURE)


def imported(path: Path, nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Yield the dotted names that these nodes of a file import."""
    package = path.parent.parts
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
            base = base if node.level else str(node.module)
            # In `from claims import models`, the name after `import` is a module.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run when the module is imported, which excludes functions and TYPE_CHECKING."""
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
def test_claimtrack_imports_neither_app(path):
    apps = {name.partition(".")[0] for name in imported(path, ast.walk(ast.parse(OURS[path])))} & {"sources", "claims"}
    assert dotted(path) == "claimtrack.urls" or not apps, f"claimtrack imports {apps}"


def test_every_kind_is_of_a_module_that_exists():
    for path in KINDS:
        assert path in MODULES or any(f"{app}.{path}" in MODULES for app in APPS), (
            f"{path} is in KINDS and nowhere else"
        )


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
    long = {str(path): length for path, text in SOURCES.items() if (length := text.count("\n")) > MAX_LINES}
    assert long == {}, "Split it by noun, inside its kind."


def test_claims_is_made_of_folders():
    modules = [path.name for path in OURS if path.parts[0] == "claims" and len(path.parts) == 2]
    assert len(modules) - len({"__init__.py"}) <= MAX_CLAIMS_MODULES, modules


def test_no_function_is_too_long():
    long = {
        f"{path}: {node.name}": length
        for path, text in OURS.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MAX_FUNCTION_LINES
    }
    assert long == {}


def viewsets(resolver: URLResolver) -> Iterator[type[GenericViewSet]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from viewsets(pattern)
        else:
            view = getattr(pattern.callback, "cls", None)
            if isinstance(view, type) and issubclass(view, GenericViewSet):
                yield view


@pytest.mark.parametrize("viewset", sorted(set(viewsets(get_resolver())), key=repr))
def test_a_viewset_is_flat_and_short(viewset):
    lines = Path(inspect.getfile(viewset)).read_text().count("\n")
    assert (len(viewset.__mro__) <= MAX_VIEWSET_BASES, lines <= MAX_VIEWSET_LINES) == (True, True)


@pytest.mark.parametrize("path", [path for path in OURS if dotted(path) != "claimtrack.api.exports"], ids=str)
def test_every_stream_counts_as_an_export(path):
    """A slow reader of a stream occupies a thread, so ExportResponse limits the number of streams."""
    streams = {"StreamingHttpResponse", "FileResponse"}
    for node in ast.walk(ast.parse(OURS[path])):
        used = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
        assert not streams & {ast.unparse(name).rpartition(".")[2] for name in used}, "Return an ExportResponse."


def test_no_template_says_that_a_text_is_safe():
    """The code that makes the text marks it: format_html, SafeString, or a template."""
    templates = [path for app in APPS for path in (ROOT / app).rglob("*.html")]
    assert [path for path in templates if re.search(r"\|\s*safe\b|autoescape off", path.read_text())] == []


@pytest.mark.parametrize("comment", ["noqa", "type: ignore"])
def test_few_checks_are_switched_off(comment):
    assert count(rf"# {comment}\b", SOURCES) <= MAX_SUPPRESSIONS


def test_types_are_given():
    assert count(r"\bAny\b", OURS) * LINES_PER_ANY <= count("\n", OURS)
