"""Whether the installation under test was built with AddressSanitizer, and what that takes."""
import os
import subprocess
from pathlib import Path


def _runtime():
    module = Path(os.environ.get("WARP_PREFIX", ""), "lib/warpdrive/mod_warp.so")
    if not module.is_file():
        return ""
    listing = subprocess.run(["ldd", module], capture_output=True, text=True, check=True).stdout
    return next((line.split("=>")[1].split()[0] for line in listing.splitlines() if "libasan.so" in line), "")


# The library that httpd, which is not built with the sanitizer, has to preload; empty for an ordinary build.
RUNTIME = _runtime()


def environment():
    """Variables for the server. Reports go to standard error, so to the error log, where no test expects them."""
    if not RUNTIME:
        return {}
    # httpd and Python keep memory on purpose: leaks are looked for in the unit tests.
    # An application that asks for more memory than there is gets a MemoryError, as without a sanitizer.
    options = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0", "allocator_may_return_null=1"]))
    return {"LD_PRELOAD": RUNTIME, "ASAN_OPTIONS": options}
