"""The catalogue as the rest of the portal takes it in: whole and sound, or not at all."""

from collections.abc import Callable, Mapping
from pathlib import Path

from portal.exercises.catalogue.check_audiences import check_audiences
from portal.exercises.catalogue.check_check_in import check_check_in
from portal.exercises.catalogue.check_common import check_common
from portal.exercises.catalogue.check_conditions import check_conditions
from portal.exercises.catalogue.check_fields import check_fields
from portal.exercises.catalogue.check_keys import check_keys
from portal.exercises.catalogue.check_programmes import check_programmes
from portal.exercises.catalogue.check_readme import README, readme_faults
from portal.exercises.catalogue.check_references import check_references
from portal.exercises.catalogue.check_rules import check_rules
from portal.exercises.catalogue.check_safety_file import check_safety_file
from portal.exercises.catalogue.check_suitability import check_suitability
from portal.exercises.catalogue.faults import CatalogueError, Fault, Faults
from portal.exercises.catalogue.files import Source, read_samples, read_source
from portal.exercises.catalogue.nodes import NodeMap, texts
from portal.exercises.catalogue.shelf import Catalogue
from portal.exercises.catalogue.stories.check_answers import check_answers
from portal.exercises.catalogue.stories.check_assigning import check_assigning
from portal.exercises.catalogue.stories.check_events import check_events
from portal.exercises.catalogue.stories.check_feedback import check_feedback
from portal.exercises.catalogue.stories.check_joint import check_joint
from portal.exercises.catalogue.stories.check_openings import check_openings
from portal.exercises.catalogue.stories.check_people import check_people
from portal.exercises.catalogue.stories.check_releases import check_releases
from portal.exercises.catalogue.stories.check_revisions import check_revisions
from portal.exercises.catalogue.stories.check_windows import check_windows
from portal.exercises.catalogue.stories.check_words import check_words
from portal.exercises.catalogue.stories.story import Story, story_of

DATA = Path(__file__).parent / "data"

CHECKS: tuple[Callable[[Source], Faults], ...] = (
    check_keys,
    check_fields,
    check_conditions,
    check_audiences,
    check_common,
    check_suitability,
    check_rules,
    check_safety_file,
    check_references,
    check_programmes,
    check_check_in,
)


STORY_CHECKS: tuple[Callable[[Story], Faults], ...] = (
    check_people,
    check_events,
    check_assigning,
    check_windows,
    check_revisions,
    check_answers,
    check_joint,
    check_openings,
    check_releases,
    check_feedback,
    check_words,
)


def load_catalogue(folder: Path = DATA) -> Catalogue:
    """The catalogue in this folder, or an error that names every fault."""
    source, faults = read_source(folder)
    faults += faults_of(source)
    if faults:
        raise CatalogueError(faults)
    return catalogue_of(source)


def faults_of(source: Source) -> list[Fault]:
    """What checks 2 to 18 find in files that were read."""
    return [fault for check in CHECKS for fault in check(source)]


def catalogue_of(source: Source) -> Catalogue:
    """The parts of a sound catalogue, core shelf first."""
    common, exercises = source.file("common.yaml"), source.folder("exercises")
    shelf = texts(common.get("core_shelf"))
    order = [*shelf, *(name for name in exercises if name not in shelf)]
    return Catalogue(
        exercises={name: exercises[name] for name in order if name in exercises},
        programmes=source.folder("programmes"),
        common=common,
        check_in=source.file("check-in.yaml"),
        safety=source.file("safety.yaml"),
        instruments=source.file("instruments.yaml"),
        trace=source.file("trace.yaml"),
    )


def load_sample(folder: Path, catalogue: Catalogue) -> Mapping[str, NodeMap]:
    """The invented couples of this folder by id, or an error that names every fault."""
    source, faults = read_samples(folder)
    faults += sample_faults_of(source, catalogue)
    if faults:
        raise CatalogueError(faults)
    return source.folder("sample")


def sample_faults_of(source: Source, catalogue: Catalogue) -> list[Fault]:
    """What checks 20 to 36 find in stories that were read."""
    stories = [story_of(path, source.file(path), catalogue) for path in source.files]
    return [fault for story in stories for check in STORY_CHECKS for fault in check(story)]


def check_readme(folder: Path, catalogue: Catalogue) -> list[Fault]:
    """Where the description beside the files does not agree with them (check 19)."""
    readme = (folder / README).read_text(encoding="utf-8")
    return list(readme_faults(readme, catalogue))
