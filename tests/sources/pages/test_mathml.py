import pytest
from lxml import html

from sources.pages.mathml import in_line

FORMULAS = [
    # MathML, line, why
    ("<mi>x</mi><mo>=</mo><mn>42</mn>", "x = 42", "an equation"),
    ("<msup><mn>10</mn><mn>2</mn></msup>", "10²", "a power is not 102"),
    ("<msup><mi>e</mi><mrow><mo>-</mo><mi>t</mi></mrow></msup>", "e^(-t)", "one without a raised sign"),
    ("<msub><mi>x</mi><mn>1</mn></msub>", "x₁", "an index"),
    (
        "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>",
        "(a + b)/2",
        "a fraction keeps its brackets",
    ),
    ("<msqrt><mn>2</mn><mi>g</mi></msqrt>", "√(2g)", "a root"),
    ("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√x", "another root"),
    ("<semantics><mn>7</mn><annotation encoding='application/x-tex'>7</annotation></semantics>", "7", "written once"),
    ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)", "brackets that the element draws"),
    ("<munderover><mo>∑</mo><mn>0</mn><mi>n</mi></munderover>", "∑₀ⁿ", "a sum"),
    ("<mo>-</mo><mn>3</mn>", "-3", "a sign has no blank"),
]


@pytest.mark.parametrize(("formula", "line", "reason"), FORMULAS, ids=[row[2] for row in FORMULAS])
def test_a_formula_in_one_line(formula, line, reason):
    assert in_line(html.fromstring(f"<math>{formula}</math>")) == line, reason


def test_a_formula_that_is_nested_deeply_is_cut():
    assert in_line(html.fromstring("<math>" + "<mrow>" * 150 + "<mn>1</mn>" + "</mrow>" * 150 + "</math>")) == ""
