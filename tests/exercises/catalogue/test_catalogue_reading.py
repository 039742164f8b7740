"""Check 1: two readers of YAML would read the same, or the file is refused."""

from pathlib import Path

import pytest

from portal.exercises.catalogue.files import plain, read_source, read_text

IMPACT = "exercises/impact-letter.yaml"
AOIFE = "sample/demo-1-drifted-apart.yaml"
COMMON = "common.yaml"

# File, what is taken out, what is put in its place.
TEXT_BREAKS = [
    (IMPACT, 'label: "No"', "label: No"),
    (IMPACT, 'label: "Yes"', "label: Yes"),
    (AOIFE, 'time: "12:10"', "time: 12:10"),
    (AOIFE, 'time: "07:50"', "time: 07:50"),
    (IMPACT, "difficulty: 3", "difficulty: 3\ndifficulty: 2"),
    (IMPACT, "{value: anger, label: Anger}", "{value: anger, value: rage, label: Anger}"),
    (IMPACT, "minutes: 40", "minutes: 010"),
    (IMPACT, "minutes: 40", "minutes: 1_000"),
    (IMPACT, "minutes: 40", "minutes: 0x28"),
    (IMPACT, "minutes: 40", "minutes: 4e1"),
    (IMPACT, "minutes: 40", "minutes: 2026-01-05"),
    (IMPACT, "minutes: 40", "minutes: !!str 40"),
    (IMPACT, "minutes: 40", "minutes: [40"),
    (IMPACT, "minutes: 40", "on: 40"),
    (IMPACT, "minutes: 40", "40: minutes"),
    (IMPACT, "minutes: 40", "minutes: &m 40\nagain: *m"),
    (IMPACT, "minutes: 40", "<<: {minutes: 40}"),
    (COMMON, "closed: Your", "closed: Yo\u2028ur"),
]


class TestReadText:
    @pytest.mark.parametrize("name", [IMPACT, AOIFE, COMMON])
    def test_as_it_is_it_has_no_fault(self, name: str, data: Path) -> None:
        words = (data / name).read_text(encoding="utf-8")
        assert read_text(name, words)[1] == []

    @pytest.mark.parametrize(("name", "words", "other"), TEXT_BREAKS)
    def test_a_doubtful_text_is_refused(
        self, name: str, words: str, other: str, data: Path
    ) -> None:
        whole = (data / name).read_text(encoding="utf-8")
        assert words in whole
        found = read_text(name, whole.replace(words, other, 1))[1]
        assert found
        assert {(fault.check, fault.file) for fault in found} == {(1, name)}

    def test_a_fault_says_where_it_stands(self, data: Path) -> None:
        words = (data / IMPACT).read_text(encoding="utf-8").replace('label: "No"', "label: No", 1)
        assert str(read_text(IMPACT, words)[1][0]) == (
            "exercises/impact-letter.yaml, fields[1].options[2].label: "
            "'No' means two things to readers of YAML; quote it (check 1)"
        )

    def test_a_list_is_no_file(self) -> None:
        assert [fault.reason for fault in read_text("x.yaml", "- a\n- b\n")[1]] == ["is not a map"]


class TestReadSource:
    def test_a_file_that_is_not_utf_8_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "common.yaml").write_bytes(b"schema: caf\xe9\n")
        found = read_source(tmp_path)[1]
        assert any(fault.file == "common.yaml" and "utf-8" in fault.reason for fault in found)

    def test_a_missing_file_is_a_fault(self, tmp_path: Path) -> None:
        found = read_source(tmp_path)[1]
        assert {fault.file for fault in found} >= {"safety.yaml", "trace.yaml"}


class TestPlain:
    def test_agreed_values_keep_their_kind(self) -> None:
        words = ["true", "False", "null", "~", "", "12", "-3", "18.50", "w0d2", "115 units"]
        assert [plain(word) for word in words] == [
            True,
            False,
            None,
            None,
            None,
            12,
            -3,
            18.5,
            "w0d2",
            "115 units",
        ]
