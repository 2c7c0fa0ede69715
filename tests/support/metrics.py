"""A metrics page, read."""
import re
import shutil
import subprocess

_SAMPLE = re.compile(r'(\w+)(?:\{([^}]*)\})? (\S+)')
_LABEL = re.compile(r'(\w+)="([^"]*)"')


class Metrics:
    def __init__(self, text):
        self._samples = {}
        for line in text.splitlines():
            if line.startswith("#"):
                continue
            name, labels, value = _SAMPLE.fullmatch(line).groups()
            key = (name, frozenset(_LABEL.findall(labels or "")))
            assert key not in self._samples, f"twice: {line}"
            self._samples[key] = float(value)

    def sum(self, name, **labels):
        """Of all samples of this name with these labels, whatever others they have."""
        found = [value for (each, own), value in self._samples.items() if each == name and labels.items() <= dict(own).items()]
        assert found, f"no sample {name} {labels}"
        return sum(found)

    def counters(self):
        """What may never get less."""
        return {key: value for key, value in self._samples.items() if re.search("_(total|bucket|sum|count)$", key[0])}


def complaints_of_promtool(text):
    """None where there is no promtool (Debian: prometheus)."""
    if not shutil.which("promtool"):
        return None
    done = subprocess.run(["promtool", "check", "metrics"], input=text, text=True, capture_output=True, timeout=60)
    return done.stdout + done.stderr
