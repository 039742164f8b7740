"""The picture of totals on paper: drawn without a web page around it, numbers as the reader writes them."""

from dataclasses import replace

import pytest

from portal.measures.charts import Series, chart
from portal.reports.drawing import draw
from tests.reports.paper import samples


@pytest.mark.parametrize(("lang", "written"), [("en", "27.5"), ("de", "27,5")])
def test_a_summary_with_a_picture_is_drawn(lang: str, written: str) -> None:
    picture = chart(["4 May", "11 May"], [Series("Robin", "a", (27.5, 31))])
    page = draw(replace(samples.couple(), chart=picture, lang=lang))
    assert f"from {written} to 31" in page
