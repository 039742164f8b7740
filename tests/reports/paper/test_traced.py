"""The strictest proof: the kernel's own list of what a printing process opens and connects to."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.reports.paper import samples
from tests.reports.paper.test_hostile import everywhere
from tests.reports.paper.vectors import ACTING, FILES, NETWORK

WORKPLACE = f"{tempfile.gettempdir()}/weasy"
ROOT = Path(__file__).resolve().parents[3]
PRINT_ONE = """
import os, sys
from portal.reports.pdf import Press
press = Press()
press.warm()
page = sys.stdin.read()
os.write(2, b"begin-of-print")
sys.stdout.buffer.write(press.draw(page))
sys.stdout.buffer.flush()
os._exit(0)
"""
OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]+)"[^)]*\) = \d+')
CONNECTED = re.compile(r"\b(?:connect|socket)\(")


@pytest.mark.long
def test_printing_hostile_words_opens_only_fonts_and_libraries(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    assert strace, "this proof needs strace: apt-get install strace"
    words = [
        vector.replace("CANARY", "http://127.0.0.1:9").replace("SECRET", "/etc/hostname")
        for vector in (*NETWORK, *FILES, *ACTING)
    ]
    log = tmp_path / "calls"
    calls = "trace=open,openat,connect,socket,write"
    printed = subprocess.run(
        [strace, "-f", "-qq", "-e", calls, "-o", str(log), sys.executable, "-c", PRINT_ONE],
        input=samples.page_of(everywhere(words)).encode(),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert printed.stdout[:5] == b"%PDF-"
    _, traced = log.read_text(errors="replace").split("begin-of-print", 1)
    assert not CONNECTED.search(traced)
    allowed = (sys.prefix, sys.base_prefix, "/usr/share/fonts", "/usr/lib", "/lib", WORKPLACE)
    opened = [path for path in OPENED.findall(traced) if not path.startswith(allowed)]
    assert opened == []
