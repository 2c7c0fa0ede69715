"""Takes long to import; says when that has begun."""
import os
import time

open(os.path.join(os.environ["WARP_TEST_SCRATCH"], "importing"), "w").close()
time.sleep(60)
