"""Fixtures of the tests against a real httpd. What they need is in support/."""
import contextlib
import os
import tempfile

import pytest

from support import images, server
from support.browser import chromium
from support.express import Express
from support.httpd import Httpd
from support.prefix import NoPrefix, find_prefix


def pytest_configure(config):
    # The processes of pytest-xdist share what takes long to make; the one that starts them has the folder.
    config.images_folder = getattr(config, "workerinput", {}).get("images_folder") or tempfile.mkdtemp(prefix="warp-images-")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    node.workerinput["images_folder"] = node.config.images_folder


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        images.Engine(config.images_folder).discard()


def pytest_addoption(parser):
    parser.addoption("--cycles", type=int, default=200, help="starts and stops of the soak test (default: 200)")
    parser.addoption("--restarts", type=int, default=100, help="graceful restarts of the soak test (default: 100)")
    parser.addoption("--reloads", type=int, default=10, help="reloads under load in faults/ (default: 10)")


@pytest.fixture(scope="session")
def prefix():
    try:
        return find_prefix()
    except NoPrefix as missing:
        pytest.exit(str(missing), 2)


@pytest.fixture(scope="module")
def module_httpd(prefix):
    """start(directives, mpm="event"): an httpd for the tests of one file."""
    with _starter(prefix) as start:
        yield start


@pytest.fixture
def httpd(prefix):
    """start(directives, mpm="event"): an httpd for one test."""
    with _starter(prefix) as start:
        yield start


@pytest.fixture
def unstarted_httpd(prefix):
    """prepare(directives, mpm="event"): an httpd that the test starts itself, or not at all."""
    with contextlib.ExitStack() as stack:
        yield lambda directives, mpm="event": _prepared(stack, prefix, directives, mpm)


@pytest.fixture(scope="session")
def engine(prefix, pytestconfig):
    """A podman that has the builder image. Its base, which is fetched from Debian's mirror, has 75 seconds
    (WARP_IMAGE_SECONDS); where that takes longer, tests with images are skipped."""
    shared = images.Engine(pytestconfig.images_folder)
    try:
        shared.have_builder(prefix, float(os.environ.get("WARP_IMAGE_SECONDS", "75")))
    except images.Impossible as why:
        pytest.skip(str(why))
    return shared


@pytest.fixture(scope="session")
def django_site(prefix):
    """examples/django, started as its README says; user `admin`, password `secret-enough`."""
    with _express_maker(prefix) as make:
        site = make().copy_example("django")
        site.is_shared = True
        site.more_environment = {"DJANGO_SUPERUSER_PASSWORD": "secret-enough"}
        # What Django itself says about requests.
        site.log.allow(r"\] \[\S+\] (Forbidden|Not Found|Bad Request|Service Unavailable)")
        site.start()
        yield site
        site.stop()


@pytest.fixture
def express(prefix):
    """make(*arguments): a warpdrive-express whose project the test fills and that it starts."""
    with _express_maker(prefix) as make:
        yield make


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@contextlib.contextmanager
def _express_maker(prefix):
    with contextlib.ExitStack() as stack:
        def make(*arguments):
            site = Express(prefix, *arguments)
            stack.callback(site.discard)
            return site

        yield make


@contextlib.contextmanager
def _starter(prefix):
    with contextlib.ExitStack() as stack:
        def start(directives, mpm="event"):
            site = _prepared(stack, prefix, directives, mpm).start()
            stack.callback(site.stop)
            return site

        yield start


def _prepared(stack, prefix, directives, mpm):
    site = Httpd(prefix, directives, mpm)
    stack.callback(site.discard)
    return site


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    report = (yield).get_result()
    if report.failed:
        for each in server.RUNNING:
            if not each.is_shared or "django_site" in item.fixturenames:
                report.sections.append((f"server on port {each.port}", each.report()))
