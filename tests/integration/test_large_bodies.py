"""Large bodies, which cross in memory that worker and child share: each response has its own bytes, whatever else goes on."""
import gzip
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from integration.apps.large_bodies import content
from support.httpd import modules_directory, mounts
from support.waiting import wait_until

pytestmark = pytest.mark.sanitizer
KIB, MIB = 1 << 10, 1 << 20
MOST_MEMORIES = 16  # Listener::Limits


@pytest.fixture(scope="module")
def site(module_httpd):
    return module_httpd(mounts("large_bodies", threads=5))


def get(site, seed, size, *fields, **query):
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return site.fetch(f"/large_bodies?seed={seed}&size={size}{more}", "GET", *fields)


def memories(worker):
    """How many a worker has mapped."""
    return len(re.findall(r"/memfd:warp-body", Path(f"/proc/{worker.pid}/maps").read_text()))


@pytest.mark.parametrize("sized", [{}, {"sized": 1}], ids=["chunked", "sized"])
@pytest.mark.parametrize("size", [128 * KIB - 8, 128 * KIB - 7, MIB - 1, MIB, MIB + 1, MIB + 128 * KIB, 5 * MIB])
def test_is_whole(site, size, sized):
    assert get(site, "whole", size, **sized).body == content("whole", size)


@pytest.mark.parametrize("piece", [200_000, 131_064, 131_065, 700_000, MIB])
def test_is_whole_in_pieces(site, piece):
    assert get(site, "pieces", 3 * MIB + 5, piece=piece).body == content("pieces", 3 * MIB + 5)


def test_responses_do_not_mix(site):
    """With more clients than memories, some of which take their time."""
    def client(number):
        chance = random.Random(number)
        with site.connect(seconds=60, receive_buffer=chance.choice([16 * KIB, 256 * KIB, 4 * MIB])) as connection:
            for turn in range(8):
                seed, size = f"{number}-{turn}", chance.randrange(100 * KIB, 2 * MIB)
                connection.send_head("GET", f"/large_bodies?seed={seed}&size={size}")
                time.sleep(chance.choice([0, 0, 0.05]))
                assert connection.read_response().body == content(seed, size)

    with ThreadPoolExecutor(24) as pool:
        list(pool.map(client, range(24)))
    (worker,) = site.workers()
    assert 0 < memories(worker) <= MOST_MEMORIES


def test_a_small_window_leaves_memory_out(module_httpd):
    site = module_httpd("WarpDaemonProcess site response-window=65536\nWarpScriptAlias /large_bodies ${APPS}/large_bodies.py process-group=site")
    assert get(site, "window", 2 * MIB).body == content("window", 2 * MIB)
    (worker,) = site.workers()
    assert memories(worker) == 0


def test_a_filter_gets_the_same(module_httpd):
    site = module_httpd(f"LoadModule deflate_module {modules_directory()}/mod_deflate.so\n{mounts('large_bodies')}\nSetOutputFilter DEFLATE\n")
    response = get(site, "filtered", 2 * MIB, "Accept-Encoding: gzip")
    assert response.head.get("Content-Encoding") == "gzip"
    assert gzip.decompress(response.body) == content("filtered", 2 * MIB)


def test_is_given_back_with_its_channel(module_httpd):
    """A client that leaves in the middle ends the channel."""
    site = module_httpd(mounts("large_bodies"))
    site.fetch("/large_bodies?seed=small&size=1")
    (worker,) = site.workers()
    for _ in range(2 * MOST_MEMORIES):
        with site.connect(receive_buffer=16 * KIB) as connection:
            connection.send_head("GET", f"/large_bodies?seed=left&size={20 * MIB}")
            connection.read_head()
    wait_until(lambda: memories(worker) == 0, 10, "memories of closed channels are gone")
    assert get(site, "after", MIB).body == content("after", MIB)
    assert memories(worker) == 1, "the allowance is whole again"
