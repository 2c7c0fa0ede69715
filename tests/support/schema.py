"""Kubernetes' schema, by the npm package kubernetes-models: a script of node's tells what is wrong with objects."""
import json
import shutil
import subprocess

PACKAGES = ("kubernetes-models@4.5.1", "js-yaml@4.1.0")
SECONDS_TO_INSTALL = 180

# Reads YAML, prints its objects; ends with 1 for the first that does not fit. OpenShift's own kinds are not in the package.
CHECK = """
const objects = require("js-yaml").loadAll(require("fs").readFileSync(0, "utf8"));
for (const object of objects) {
  const own = /\\.openshift\\.io\\//.test(object.apiVersion);
  if (!own) new (require("kubernetes-models/" + object.apiVersion)[object.kind])(object).validate();
}
console.log(JSON.stringify(objects));
"""


def why_impossible():
    """"" where there is an npm."""
    missing = [program for program in ("npm", "node") if shutil.which(program) is None]
    return f"needs {', '.join(missing)}" if missing else ""


class Schema:
    def __init__(self, folder):
        self.folder = folder
        (folder / "package.json").write_text("{}")
        (folder / "check.js").write_text(CHECK)
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES], cwd=folder,
                              capture_output=True, text=True, timeout=SECONDS_TO_INSTALL)
        assert done.returncode == 0, done.stderr

    def check(self, text):
        """The objects, or None and what is wrong."""
        done = subprocess.run(["node", "check.js"], cwd=self.folder, input=text, capture_output=True, text=True, timeout=60)
        return (json.loads(done.stdout), "") if done.returncode == 0 else (None, done.stderr)
