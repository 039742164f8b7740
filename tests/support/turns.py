"""A turn of the worker without its queue, for tests of what one job does."""

from typing import Any

from tests.support.world import World


class OneTurn:
    """A turn of the worker, in visits of this world."""

    def __init__(self, world: World) -> None:
        self.looking = world.visit
        self.world = world

    def __call__(self) -> Any:
        """A visit in which the job is finished."""
        return self.world.visit()
