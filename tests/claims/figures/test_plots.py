import pytest

from claims.figures import plots


def test_values_of_a_column_stand_on_each_other():
    plot = plots.columns([[1, 3], [2, 0]])
    first, second = plot.columns
    assert plot.scale == (4, 3, 2, 1, 0)
    assert [(bar.series, bar.y, bar.height) for bar in first] == [(0, 120, 40), (1, 0, 120)]
    assert [(bar.series, bar.height) for bar in second] == [(0, 80)], "nothing is drawn for 0"
    assert second[0].x == plot.width / 2


def test_values_behind_each_other_all_begin_at_the_bottom():
    (column,) = plots.columns([[2.5, 5]], stacked=False, whole=False).columns
    assert [bar.y + bar.height for bar in column] == [plots.HEIGHT] * 2
    assert [bar.series for bar in column] == [1, 0], "the larger is drawn first, so that it hides nothing"


@pytest.mark.parametrize(
    ("most", "top"),
    [(0, 4), (1, 4), (4, 4), (5, 8), (9, 12), (13, 20), (21, 40), (99, 120), (121, 200), (5_000, 8_000)],
)
def test_the_scale_has_whole_numbers(most, top):
    assert plots.columns([[most]]).scale == (top, top * 3 / 4, top / 2, top / 4, 0)


def test_the_scale_of_a_measure_may_have_fractions():
    assert plots.columns([[0.3]], whole=False).scale[0] == pytest.approx(0.4)


def test_a_line_of_shares_is_as_long_as_its_sum():
    assert [(bar.series, bar.x, bar.width) for bar in plots.shares([1, 0, 3], 8)] == [(0, 0, 12.5), (2, 12.5, 37.5)]


def test_nothing_at_all():
    assert plots.columns([]).columns == () and plots.shares([], 1) == ()
