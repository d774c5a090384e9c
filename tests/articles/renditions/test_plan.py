import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.renditions.plan import FORMATS, SHAPES, crop_box, plan, sizes_of_shape

LENGTHS = st.integers(1, 3000)
PERCENT = st.integers(0, 100)
RATIOS = st.floats(0.2, 5)


def widths(shape, width, height):
    return [size[0] for size in sizes_of_shape(shape, width, height)]


def test_a_large_picture_has_every_size():
    assert widths("natural", 2400, 1600) == [480, 800, 1200, 1600]
    assert widths("card", 2400, 1600) == [336, 672, 960, 1200]
    assert [size[:2] for size in sizes_of_shape("share", 2400, 1600)] == [(1200, 630)]


@pytest.mark.parametrize(
    ("width", "expected"), [(1500, [480, 800, 1200, 1500]), (1000, [480, 800, 1000]), (500, [500]), (1, [1])]
)
def test_a_small_picture_has_fewer_sizes_up_to_its_own(width, expected):
    assert widths("natural", width, width) == expected


@pytest.mark.parametrize(("shape", "shown"), [("card", 112), ("card", 390), ("natural", 390)])
@pytest.mark.parametrize("dots", [2, 3])
def test_a_phone_finds_a_width_that_is_hardly_larger_than_it_needs(shape, shown, dots):
    needed = shown * dots
    smallest = min(width for width in widths(shape, 2400, 1600) if width >= needed)
    assert smallest <= needed * 1.5


def test_the_shared_copy_is_a_jpeg_alone():
    assert {copy.format for copy in plan(2400, 1600) if copy.shape == "share"} == {"jpg"}


def test_the_thumbnail_is_one_webp_of_twice_the_width_that_lists_show():
    copies = [copy for copy in plan(2400, 1600) if copy.shape == "thumb"]
    assert [(copy.width, copy.height, copy.format) for copy in copies] == [(128, 85, "webp")]


def test_other_copies_come_in_every_format():
    assert [copy.format for copy in plan(2400, 1600) if (copy.shape, copy.width) == ("card", 672)] == [*FORMATS]


@given(LENGTHS, LENGTHS, PERCENT, PERCENT)
def test_every_shape_has_a_copy_and_none_is_larger_than_its_source(width, height, focal_x, focal_y):
    copies = list(plan(width, height, focal_x, focal_y))
    assert {copy.shape for copy in copies} == {*SHAPES}
    for copy in copies:
        left, top, right, bottom = copy.box
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        assert 1 <= copy.width <= right - left
        assert 1 <= copy.height <= bottom - top


@given(LENGTHS, LENGTHS, RATIOS, PERCENT, PERCENT)
def test_a_crop_touches_two_edges_or_is_as_large_as_it_can_be(width, height, ratio, focal_x, focal_y):
    left, top, right, bottom = crop_box(width, height, ratio, focal_x, focal_y)
    assert right - left == width or bottom - top == height


@given(st.integers(100, 3000), st.integers(100, 3000), RATIOS, PERCENT, PERCENT)
def test_a_crop_has_its_ratio_to_the_pixel(width, height, ratio, focal_x, focal_y):
    left, top, right, bottom = crop_box(width, height, ratio, focal_x, focal_y)
    part_width, part_height = right - left, bottom - top
    assert abs(part_width - part_height * ratio) <= max(1, ratio)


@given(LENGTHS, LENGTHS, RATIOS, PERCENT, PERCENT)
def test_the_focal_point_is_in_the_crop(width, height, ratio, focal_x, focal_y):
    left, top, right, bottom = crop_box(width, height, ratio, focal_x, focal_y)
    assert left - 1 <= width * focal_x / 100 <= right + 1
    assert top - 1 <= height * focal_y / 100 <= bottom + 1


@given(LENGTHS, LENGTHS, RATIOS)
def test_a_focal_point_in_the_middle_crops_the_middle(width, height, ratio):
    left, top, right, bottom = crop_box(width, height, ratio, 50, 50)
    assert abs(left - (width - right)) <= 1
    assert abs(top - (height - bottom)) <= 1
