"""scripts/lib/steps.sh: what scripts/test runs in which order, and what it leaves behind when it is interrupted."""
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

LIBRARY = Path(__file__).resolve().parent.parent / "scripts/lib/steps.sh"


def bash(script, *arguments):
    done = subprocess.run(["bash", "-c", f"set -euo pipefail; . '{LIBRARY}'; {script}", "bash", *arguments],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Steps(unittest.TestCase):
    def test_what_builds_comes_before_what_runs_beside(self):
        self.assertEqual(bash('in_order lint unit soak asan -- "$@"', "soak", "unit", "soak", "lint").split(), ["lint", "unit", "soak"])

    def end_group(self, trap, seconds):
        """What is said when a group with that trap is ended."""
        with tempfile.TemporaryDirectory() as folder:
            return bash(f"set -m; {{ trap '{trap}' TERM; : >\"$1/ready\"; while :; do sleep 0.05; done; }} & set +m; "
                        f"until [[ -e $1/ready ]]; do sleep 0.05; done; end_group $! {seconds}; echo after", folder).split()

    def test_a_group_is_waited_for(self):
        self.assertEqual(self.end_group("sleep 0.5; echo tidied; exit 0", 30), ["tidied", "after"])

    def test_a_group_that_does_not_end_is_killed(self):
        start = time.monotonic()
        self.assertEqual(self.end_group("", 1), ["after"])
        self.assertLess(time.monotonic() - start, 30)


if __name__ == "__main__":
    unittest.main()
