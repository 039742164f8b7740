"""How a state machine of Hypothesis is run here: as often and as long as asked, the same each time."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def run_machine(made: type[RuleBasedStateMachine], runs: int, steps: int) -> None:
    """Run it; what goes astray is told as it was met."""
    bounds = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(made, settings=bounds)
