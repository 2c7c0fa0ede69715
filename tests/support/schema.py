"""The schemas of Kubernetes and OpenShift, from npm: a script of node's tells what is wrong with objects.

Kubernetes' own kinds are checked by the package kubernetes-models, OpenShift's by the API's description that openshift-rest-client
brings along; of that package nothing is run, and what it depends on is not fetched.
"""
import gzip
import json
import re
import shutil
import subprocess
import tarfile

PACKAGES = ("kubernetes-models@4.5.1", "js-yaml@4.1.0", "ajv@8.17.1")
OPENSHIFT = "openshift-rest-client@9.1.1"
SPECIFICATION = "package/lib/specs/openshift-openapi-spec.json.gz"
SECONDS_TO_INSTALL = 180
# What npm says when it does not come through to its registry: no name, no route, no certificate that it trusts.
NO_WAY = re.compile(r"request to \S+ failed, reason: (.*)")

# Reads YAML, prints its objects; ends with 1 for the first that does not fit.
CHECK = """
const fs = require("fs");
const Ajv = require("ajv");
const { definitions } = JSON.parse(fs.readFileSync("openshift.json"));

// What a client need not set, though the description calls it required: it lists each field that the server always writes.
const WRITTEN_BY_THE_SERVER = ["status", "nodeSelector", "host"];

// The description leaves open what is no field; an API server reads over it, and so a typing error would never show.
for (const each of Object.values(definitions)) {
  if (each.required) each.required = each.required.filter((name) => !WRITTEN_BY_THE_SERVER.includes(name));
  if (each.properties) each.additionalProperties = false;
  for (const field of Object.values(each.properties || {}))
    if (field.format == "int-or-string") field.type = ["integer", "string"];
}
// Any object, as a Template has them; check() looks at each.
definitions["io.k8s.apimachinery.pkg.runtime.RawExtension"] = { type: "object" };
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: "openshift", definitions });

function isOf(definition, object) {
  return (definition["x-kubernetes-group-version-kind"] || []).some(
    (each) => each.kind == object.kind && `${each.group}/${each.version}` == object.apiVersion);
}

function checkOpenshift(object) {
  const found = Object.entries(definitions).find(([, definition]) => isOf(definition, object));
  if (!found) throw new Error(`OpenShift has no ${object.kind} of ${object.apiVersion}`);
  const validate = ajv.compile({ $ref: `openshift#/definitions/${found[0]}` });
  if (!validate(object)) throw new Error(`${object.kind}: ${ajv.errorsText(validate.errors)} ${JSON.stringify(validate.errors)}`);
}

function check(object) {
  if (/\\.openshift\\.io\\//.test(object.apiVersion)) checkOpenshift(object);
  else new (require("kubernetes-models/" + object.apiVersion)[object.kind])(object).validate();
  if (object.kind == "Template") object.objects.forEach(check);
}

const objects = require("js-yaml").loadAll(fs.readFileSync(0, "utf8"));
objects.forEach(check);
console.log(JSON.stringify(objects));
"""


def why_impossible():
    """"" where there is an npm."""
    missing = [program for program in ("npm", "node") if shutil.which(program) is None]
    return f"needs {', '.join(missing)}" if missing else ""


class NotFetched(Exception):
    """npm does not come through to its registry."""


class Schema:
    """Raises NotFetched."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "package.json").write_text("{}")
        (folder / "check.js").write_text(CHECK)
        self._npm("install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES)
        (packed,) = json.loads(self._npm("pack", "--json", OPENSHIFT))
        with tarfile.open(folder / packed["filename"]) as package:
            (folder / "openshift.json").write_bytes(gzip.decompress(package.extractfile(SPECIFICATION).read()))

    def _npm(self, *arguments):
        try:
            done = subprocess.run(["npm", "--fetch-retries=1", "--fetch-timeout=20000", *arguments], cwd=self.folder,
                                  capture_output=True, text=True, timeout=SECONDS_TO_INSTALL)
        except subprocess.TimeoutExpired as late:
            raise NotFetched(f"npm has not fetched its packages in {SECONDS_TO_INSTALL} s") from late
        why = NO_WAY.search(done.stderr)
        if done.returncode != 0 and why:
            raise NotFetched(f"npm does not come through to its registry: {why[1]}")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def check(self, text):
        """The objects, or None and what is wrong."""
        done = subprocess.run(["node", "check.js"], cwd=self.folder, input=text, capture_output=True, text=True, timeout=60)
        return (json.loads(done.stdout), "") if done.returncode == 0 else (None, done.stderr)
