"""`warpdrive start` on a project, as a user or a container starts it."""
import os

from support.express import Express


class Started(Express):
    """Listens on the test's port, which it is told as containers are: by PORT."""

    def command(self):
        return [str(self.prefix.root / "bin/warpdrive"), "start", *self.arguments]

    def environment(self):
        return super().environment() | {
            "PORT": str(self.port), "WARPDRIVE_HOST": "127.0.0.1", "WARPDRIVE_SERVER_ROOT": str(self.root),
            "WARPDRIVE_APP_ROOT": str(self.scratch)} | self.more_environment

    def write_executable(self, name, text):
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n" + text)
        self._give_project_to_its_owner()
        for each in self.project.rglob("*"):
            if each.is_file() and each.read_text().startswith("#!"):
                each.chmod(0o755)
        assert os.access(path, os.X_OK)
        return self
