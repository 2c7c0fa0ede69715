"""As held.py; but only the first process that imports it is ready at once, others when SCRATCH/second exists."""
import os
import time
from pathlib import Path

from held import application  # noqa: F401

SCRATCH = Path(os.environ["WARP_TEST_SCRATCH"])
try:
    (SCRATCH / "first").mkdir()
except FileExistsError:
    deadline = time.monotonic() + 30
    while not (SCRATCH / "second").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
