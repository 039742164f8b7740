"""Every numbered check refuses the broken files that its row names."""

import pytest

from portal.exercises.catalogue.faults import Fault
from portal.exercises.catalogue.files import Source
from portal.exercises.catalogue.load import faults_of, sample_faults_of
from portal.exercises.catalogue.shelf import Catalogue
from tests.exercises.catalogue import (
    breaks_of_exercises,
    breaks_of_feedback,
    breaks_of_openings,
    breaks_of_samples,
    breaks_of_shared_files,
)
from tests.exercises.catalogue.breaking import Break
from tests.exercises.catalogue.test_catalogue_reading import TEXT_BREAKS
from tests.exercises.catalogue.test_catalogue_readme import README_BREAKS

OF_THE_CATALOGUE = [*breaks_of_exercises.BREAKS, *breaks_of_shared_files.BREAKS]
OF_THE_SAMPLES = [
    *breaks_of_samples.BREAKS,
    *breaks_of_openings.BREAKS,
    *breaks_of_feedback.BREAKS,
]


def label(spoilt: Break) -> str:
    return spoilt.label


class TestTheCatalogue:
    def test_unbroken_it_has_no_fault(self, source: Source) -> None:
        assert faults_of(source) == []

    @pytest.mark.parametrize("spoilt", OF_THE_CATALOGUE, ids=label)
    def test_a_broken_file_is_refused(self, spoilt: Break, source: Source) -> None:
        found = faults_of(spoilt.spoil(source))
        assert_told(found, spoilt)


class TestTheSamples:
    def test_unbroken_they_have_no_fault(self, samples: Source, catalogue: Catalogue) -> None:
        assert sample_faults_of(samples, catalogue) == []

    @pytest.mark.parametrize("spoilt", OF_THE_SAMPLES, ids=label)
    def test_a_broken_couple_is_refused(
        self, spoilt: Break, samples: Source, catalogue: Catalogue
    ) -> None:
        alone = Source({spoilt.file: samples.files[spoilt.file]})
        assert_told(sample_faults_of(spoilt.spoil(alone), catalogue), spoilt)


def test_every_check_is_broken_at_least_once() -> None:
    broken = {spoilt.check for spoilt in [*OF_THE_CATALOGUE, *OF_THE_SAMPLES]}
    broken |= {1 for _ in TEXT_BREAKS} | {19 for _ in README_BREAKS}
    assert broken == set(range(1, 37))


def test_no_two_breaks_have_one_name() -> None:
    names = [spoilt.label for spoilt in [*OF_THE_CATALOGUE, *OF_THE_SAMPLES]]
    assert len(names) == len(set(names))


def assert_told(found: list[Fault], spoilt: Break) -> None:
    """The right check told it, of the right file, with a place and a reason."""
    where = spoilt.told_in or spoilt.file
    right = [fault for fault in found if (fault.check, fault.file) == (spoilt.check, where)]
    assert right, [str(fault) for fault in found]
    assert any(spoilt.says in fault.reason for fault in right)
