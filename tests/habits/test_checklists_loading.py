"""Whatever stands in a folder, loading it gives checklists and mistakes, never an exception."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import data
from bot.checklists import (
    Checklists,
    Mistake,
    check_folder,
    format_mistake,
    load_checklists,
)
from bot.data import data_folder

GOOD = """\
kind: refunds
label: Refunds
version: 1
questions:
  - id: wait
    text: How long does she wait?
    short: Waits
    quick: true
"""


def write(folder: Path, text: str | bytes, name: str = "refunds.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_mistake_reads_as_file_line_field_and_what_to_do(tmp_path: Path) -> None:
    text = GOOD + "  - id: fair\n    text: Is it fair?\n    short: Fair\n    kind: txt\n"
    write(tmp_path, text)
    assert [format_mistake(m) for m in check_folder(tmp_path)] == [
        'refunds.yaml:12: questions[1].kind: must be "text" or "choice", not "txt"'
    ]
    assert format_mistake(Mistake("a.yaml", 1, "", "is empty")) == "a.yaml:1: is empty"


@pytest.mark.parametrize(
    ("content", "line", "field", "says"),
    [
        ("", 1, "", "is empty"),
        ("# only a comment\n", 1, "", "is empty"),
        ("---\n", 1, "", "is empty"),
        ("null", 1, "", "is empty"),
        ("\n- a\n- b\n", 2, "", 'must begin with fields, as in "kind: pricing"'),
        ("just words", 1, "", "must begin with fields"),
        ("kind: a\nlabel: [x\n", 3, "", "is not YAML"),
        ("kind: a\nlabel: b: c\n", 2, "", 'a text with ": " in it needs quotes'),
        ("kind: a\nquestions:\n\t- id: x\n", 3, "", "has a tab; indent with spaces"),
        ("\tkind: a\n", 1, "", "has a tab"),
        ("kind: a\n---\nkind: b\n", 2, "", "has a second document"),
        (GOOD + "label: Again\n", 9, "label", '"label" is there twice, on line 2 too'),
        (GOOD + "    quick: true\n", 9, "questions[0].quick", "on line 8 too"),
        (GOOD.replace("Refunds", "&r Refunds") + "x: *r\n", 9, "x", "repeats line 2; write it out"),
        ("a: &x [*x]\n", 1, "a[0]", "repeats line 1"),
        (b"kind: a\nlabel: caf\xe9\n", 2, "", "is not UTF-8 here; save the file as UTF-8"),
        (b"\xff\xfek\x00", 1, "", "is not UTF-8"),
        ("kind: a\nlabel: \x07\n", 2, "", "has a character that cannot be shown"),
        ('kind: a\nlabel: "\\0"\n', 2, "label", "has a character that cannot be shown"),
        ('kind: a\nlabel: "\\ud800"\n', 2, "label", "has a character that cannot be shown"),
        ("kind: a\nlabel: " + "[" * 5000, 2, "", "is nested too deeply"),
        ("- " * 5000 + "a", 1, "", "is nested too deeply"),
        ("%YAML 9.9.9\n---\na: 1\n", 1, "", "is not YAML"),
        ("#" * 70_000, 1, "", "has 70000 bytes"),
        (GOOD.replace("version: 1", "version: 1.5"), 3, "version", "a whole number, not 1.5"),
        (GOOD.replace("label: Refunds", "label:"), 2, "label", "is empty; give it text"),
        (GOOD.replace("Refunds", "true"), 2, "label", "must be text, not true; put it in quotes"),
        (GOOD.replace("version: 1\n", ""), 1, "version", "is missing"),
        (GOOD.replace("    short: Waits\n", ""), 5, "questions[0].short", "is missing"),
        (GOOD + "  - foo\n", 9, "questions[1]", "must be a group of fields"),
        (GOOD + "? [a, b]\n: 1\n", 9, "?", "there is no field"),
    ],
)
def test_what_is_wrong_is_found_on_its_line(
    tmp_path: Path, content: str | bytes, line: int, field: str, says: str
) -> None:
    write(tmp_path, content)
    mistakes = check_folder(tmp_path)
    assert [(m.file, m.line, m.field) for m in mistakes] == [("refunds.yaml", line, field)]
    assert says in mistakes[0].message


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "NO", "y", "2024-01-01"])
def test_a_word_that_old_yaml_took_for_something_else_stays_a_word(
    tmp_path: Path, word: str
) -> None:
    write(tmp_path, GOOD + f"    kind: choice\n    options: [{word}, maybe]\n")
    checklists, mistakes = load_checklists(tmp_path)
    assert mistakes == []
    assert checklists["refunds"].questions[1].options[0].label == word


def test_windows_line_ends_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    write(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert check_folder(tmp_path) == []


def test_a_folder_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    assert [(m.file, m.line) for m in check_folder(missing)] == [(str(missing), 1)]
    assert load_checklists(missing)[0] == {}


def test_a_file_given_for_a_folder_is_a_mistake(tmp_path: Path) -> None:
    assert len(check_folder(write(tmp_path, GOOD))) == 1


def test_a_folder_without_any_checklist_is_a_mistake_only_for_the_check(tmp_path: Path) -> None:
    write(tmp_path, "notes", "README.txt")
    assert "has no checklist in it" in check_folder(tmp_path)[0].message
    assert load_checklists(tmp_path) == ({}, [])


def test_a_folder_named_like_a_checklist_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "refunds.yaml").mkdir()
    assert "cannot be read" in check_folder(tmp_path)[0].message


def test_a_dangling_link_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "refunds.yaml").symlink_to(tmp_path / "gone")
    assert "cannot be read" in check_folder(tmp_path)[0].message


def test_two_files_of_one_kind_are_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.yaml")
    write(tmp_path, GOOD, "b.yml")
    mistakes = check_folder(tmp_path)
    assert [format_mistake(m) for m in mistakes] == [
        'b.yml:1: kind: "refunds" is the kind of a.yaml too; change one'
    ]


def test_one_bad_file_does_not_hide_the_good_ones(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "kind: [", "bad.yaml")
    checklists, mistakes = load_checklists(tmp_path)
    assert list(checklists) == ["refunds"]
    assert {m.file for m in mistakes} == {"bad.yaml"}


COMMON = """\
first: {id: where, text: Where?, short: Where}
closing: {id: words, text: Her words?, short: Words}
"""


def test_a_folder_may_bring_its_own_first_and_closing_question(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, COMMON, "_common.yaml")
    questions = load_checklists(tmp_path)[0]["refunds"].questions
    assert [q.key for q in questions] == ["where", "wait", "words"]


def test_with_bad_shared_questions_the_shipped_ones_are_asked(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "first: 3\n", "_common.yaml")
    checklists, mistakes = load_checklists(tmp_path)
    assert {m.file for m in mistakes} == {"_common.yaml"}
    assert checklists["refunds"].questions[-1].key == "statement"


YAMLISH = st.text("ab:-[]{}&*!|>'\"%@#?, \n\t0", max_size=60).map(str.encode)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=200) | st.text("ab:-[]{}&*!|>'\"%@#?, \n\t0", max_size=60).map(str.encode)
)
def test_any_bytes_at_all_give_mistakes_with_a_line(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, content)
    mistakes = check_folder(tmp_path)
    assert mistakes
    assert all(m.line >= 1 and m.message for m in mistakes)


# The ones in use


def test_a_team_adds_a_kind_and_replaces_one_without_code(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("refunds", "pricing").replace("Refunds", "Money"), "pricing.yaml")
    checklists = Checklists(tmp_path)
    assert checklists.mistakes == []
    assert checklists.kinds() == ["pricing", "process", "product", "refunds"]
    assert checklists.current()["pricing"].label == "Money"


def test_without_a_folder_of_their_own_the_shipped_ones_are_used() -> None:
    assert Checklists().kinds() == ["pricing", "process", "product"]


def test_a_missing_folder_of_their_own_does_not_stop_the_bot(tmp_path: Path) -> None:
    checklists = Checklists(tmp_path / "nowhere")
    assert len(checklists.mistakes) == 1
    assert checklists.kinds() == ["pricing", "process", "product"]


def test_nothing_is_read_again_while_nothing_changed(tmp_path: Path) -> None:
    write(tmp_path, "kind: [")
    checklists = Checklists(tmp_path)
    before = checklists.current()
    assert checklists.mistakes
    assert checklists.reload_if_changed() == []
    assert checklists.current() is before


def test_a_changed_file_is_taken_up(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    checklists = Checklists(tmp_path)
    write(tmp_path, GOOD.replace("version: 1", "version: 2"))
    assert checklists.reload_if_changed() == []
    assert checklists.current()["refunds"].version == 2


def test_the_last_good_one_stays_while_its_file_is_bad(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("refunds", "trials"), "trials.yaml")
    checklists = Checklists(tmp_path)
    write(tmp_path, GOOD.replace("version: 1", "version: one"))
    write(
        tmp_path,
        GOOD.replace("refunds", "trials").replace("version: 1", "version: 5"),
        "trials.yaml",
    )
    assert [m.field for m in checklists.reload_if_changed()] == ["version"]
    assert checklists.current()["refunds"].version == 1
    assert checklists.current()["trials"].version == 5
    write(tmp_path, "\t")
    assert checklists.reload_if_changed()
    assert checklists.current()["refunds"].version == 1
    write(tmp_path, GOOD.replace("version: 1", "version: 3"))
    assert checklists.reload_if_changed() == []
    assert checklists.current()["refunds"].version == 3


def test_a_removed_file_takes_its_kind_with_it_and_a_replaced_one_comes_back(
    tmp_path: Path,
) -> None:
    own = write(tmp_path, GOOD.replace("refunds", "pricing"), "pricing.yaml")
    added = write(tmp_path, GOOD)
    checklists = Checklists(tmp_path)
    own.unlink()
    added.unlink()
    assert checklists.reload_if_changed() == []
    assert checklists.kinds() == ["pricing", "process", "product"]
    assert checklists.current()["pricing"].label == "Pricing"


def test_a_renamed_kind_leaves_nothing_behind(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    checklists = Checklists(tmp_path)
    write(tmp_path, GOOD.replace("kind: refunds", "kind: returns"))
    checklists.reload_if_changed()
    assert "refunds" not in checklists.kinds()
    assert "returns" in checklists.kinds()


def test_the_last_good_shared_questions_stay_while_their_file_is_bad(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, COMMON, "_common.yaml")
    checklists = Checklists(tmp_path)
    write(tmp_path, "first: 3\n", "_common.yaml")
    write(tmp_path, GOOD.replace("version: 1", "version: 2"))
    assert checklists.reload_if_changed()
    assert checklists.current()["refunds"].version == 2
    assert checklists.current()["refunds"].questions[-1].key == "words"


def test_what_is_in_use_cannot_be_changed_by_who_reads_it() -> None:
    current = Checklists().current()
    with pytest.raises(TypeError):
        current["pricing"] = current["product"]  # type: ignore[index]


def test_the_folder_inside_a_wheel_is_found_before_the_one_of_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_data" / "checklists").mkdir(parents=True)
    monkeypatch.setattr(data, "files", lambda package: tmp_path)
    assert data_folder("checklists") == tmp_path / "_data" / "checklists"
    assert data_folder("templates") == data.CHECKOUT / "templates"


def test_an_installation_without_its_data_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "files", lambda package: tmp_path)
    monkeypatch.setattr(data, "CHECKOUT", tmp_path)
    with pytest.raises(FileNotFoundError, match="install it again"):
        data_folder("checklists")
