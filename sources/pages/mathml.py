"""A formula of a page (MathML Core) written in one line of text, as one types it: x = (a + b)/2, 10², √(2g), x₁.

Extractors drop formulas, so "the mean is 42 metres" would become "the mean is metres". Powers must not be lost: 10² is not 102.
"""

from lxml.html import HtmlElement

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_BINARY = frozenset("=<>≤≥≠≈+−-±×÷·∈→")
_DEEPEST = 100  # elements within each other


def in_line(element: HtmlElement, depth: int = 0) -> str:
    """Return the text of a `math` element, or of one inside it."""
    if depth > _DEEPEST or not isinstance(element.tag, str) or element.tag.startswith("annotation"):
        return ""
    parts = [in_line(child, depth + 1) for child in element]
    match element.tag, parts:
        case "mo", _:
            sign = " ".join((element.text or "").split())
            return f" {sign} " if sign in _BINARY and element.getprevious() is not None else sign
        case "mi" | "mn" | "mtext" | "ms", _:
            return " ".join(element.text_content().split())
        case "mspace", _:
            return " "
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msup" | "mover", [base, raised]:
            return _beside(base, raised, _RAISED, "^")
        case "msub" | "munder", [base, lowered]:
            return _beside(base, lowered, _LOWERED, "_")
        case "msubsup" | "munderover", [base, lowered, raised]:
            return _beside(_beside(base, lowered, _LOWERED, "_"), raised, _RAISED, "^")
        case "msqrt", _:
            return f"√{_grouped(''.join(parts))}"
        case "mroot", [base, index]:
            return f"{_beside('', index, _RAISED, '^')}√{_grouped(base)}"
        case "mfenced", _:
            return f"({', '.join(parts)})"
        case "mtr", _:
            return f"{' '.join(parts)}; "
        case _:
            return "".join(parts) or " ".join((element.text or "").split())


def _beside(base: str, mark: str, signs: dict[int, int], otherwise: str) -> str:
    mark = mark.strip()
    if mark and all(ord(char) in signs for char in mark):
        return base + mark.translate(signs)
    return f"{base}{otherwise}{_grouped(mark)}" if mark else base


def _grouped(part: str) -> str:
    part = part.strip()
    return part if part.isalpha() or len(part) <= 1 or part.replace(".", "").isdecimal() else f"({part})"
