"""docs/screens.md shows what the programs say. To write it anew: UPDATE_SCREENS=1, and this file alone."""
import os
import re
from pathlib import Path

import pytest

from support import users_machine
from support.users_machine import UsersMachine

PAGE = Path(__file__).resolve().parent.parent.parent / "docs/screens.md"
SCREEN = re.compile(r"```\n\$ (?P<command>[^\n]+)\n(?P<said>.*?)```\n", re.DOTALL)
# What is another on another machine: its figures are not compared.
OF_THE_MACHINE = re.compile(r"^(Sizing|Request Capacity|Server Capacity|  processes|\w+ +(?:capacity|tasks)) .*")

pytestmark = pytest.mark.skipif(not users_machine.is_possible(), reason="needs root, unshare, and the right to mount")


def screens():
    return {found["command"]: found["said"] for found in SCREEN.finditer(PAGE.read_text())}


@pytest.fixture(scope="module")
def machine(prefix):
    with UsersMachine(prefix) as made:
        yield made


def comparable(text):
    return [OF_THE_MACHINE.sub(r"\1 ...", line.rstrip()) for line in text.splitlines()]


@pytest.mark.parametrize("command", screens())
def test_is_what_the_page_shows(machine, command):
    said = machine.say(command)
    if os.environ.get("UPDATE_SCREENS"):
        write(command, said)
    assert comparable(said) == comparable(screens()[command])


def test_the_page_has_each_kind_of_screen():
    assert {re.search(r"(explain|show-config|doctor|start-server)", command)[1] for command in screens()} == {
        "explain", "show-config", "doctor", "start-server"}
    assert (PAGE.parent / "images/error-page.png").is_file() and "images/error-page.png" in PAGE.read_text()


def write(command, said):
    PAGE.write_text(SCREEN.sub(
        lambda found: f"```\n$ {command}\n{said}```\n" if found["command"] == command else found[0], PAGE.read_text()))
