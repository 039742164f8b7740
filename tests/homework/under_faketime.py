"""Run under libfaketime: asks the portal's own wall clock for the day, at moments that the test chose."""

import json
import sys
from pathlib import Path

from portal.homework.windows import day_in
from portal.web.visits import WallClock


def main() -> None:
    """Move the process's clock to each moment in turn and say which day the portal takes it for."""
    stamp = Path(sys.argv[1])
    clock, found = WallClock(), []
    for zone, moment in json.loads(sys.stdin.read()):
        stamp.write_text(moment, encoding="ascii")
        now = clock.now()
        found.append([f"{now:%Y-%m-%d %H:%M:%S}", day_in(now, zone).isoformat()])
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
