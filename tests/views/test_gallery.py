"""The gallery leaves nothing out: what no sheet shows, nobody looks at."""

from bot.data import data_folder
from tests.browser.gallery import Noting, all_forms, sheets, unseen


def test_every_sentence_is_on_a_sheet() -> None:
    wording = Noting(data_folder("templates"))
    all_forms(wording)
    for _ in sheets(wording):
        pass
    assert unseen(wording) == []
