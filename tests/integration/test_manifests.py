"""warpdrive manifests: what it makes of projects, and whether Kubernetes' schema takes it."""
import re
from pathlib import Path

import pytest

from support import schema
from support.warpdrive import ODD, Developer

ROOT = Path(__file__).resolve().parent.parent.parent
HELLO = "def application(environ, start_response):\n    raise NotImplementedError\n"
MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n" \
         "from django.core.management import execute_from_command_line\n"
needs_npm = pytest.mark.skipif(bool(schema.why_impossible()), reason=schema.why_impossible() or "-")


@pytest.fixture
def developer(prefix):
    developer = Developer(prefix, project_name=ODD)
    yield developer.write({"wsgi.py": HELLO})
    developer.discard()


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    try:
        return schema.Schema(tmp_path_factory.mktemp("npm"))
    except schema.NotFetched as why:
        return pytest.skip(str(why))


@pytest.fixture(scope="module")
def checked(known):
    """check(text): the objects, which fit their schemas."""
    def check(text):
        objects, problem = known.check(text)
        assert objects is not None, problem
        return {each["kind"]: each for each in objects}

    yield check


def written(developer, *arguments, **variables):
    done = developer.call("manifests", *arguments, **variables)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def value_of(text, name):
    (found,) = re.findall(rf"^ *{name}: \"?(\w+)", text, re.MULTILINE)
    return found


SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: "80"}]}\n'
ROUTE = "apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: x}\nspec: "


@needs_npm
@pytest.mark.parametrize("text, reason", [
    (SERVICE, "data/spec/ports/0/port must be integer"),
    (ROUTE + "{to: {kind: Service}}\n", "data/spec/to must have required property 'name'"),
    (ROUTE + "{to: {kind: Service, name: x, weight: 1}, hosts: x}\n", "data/spec must NOT have additional properties"),
    (ROUTE.replace("Route", "Road") + "{}\n", "OpenShift has no Road"),
    ("apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: {name: x}\nobjects:\n  - " + SERVICE.replace("\n", "\n    "),
     "data/spec/ports/0/port must be integer")])
def test_the_schema_finds_what_is_wrong(known, text, reason):
    objects, problem = known.check(text)
    assert objects is None and reason in problem


@needs_npm
def test_objects_for_kubernetes_fit_the_schema_and_each_other(developer, checked):
    developer.write({"manage.py": MANAGE})
    found = checked(written(developer, "kubernetes", "--image", "registry.example/shop:1", "--host", "shop.example"))
    assert set(found) == {"Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Job"}
    name = "it-s-odd-home-id"
    assert {each["metadata"]["name"] for kind, each in found.items() if kind != "Job"} == {name}

    pod = found["Deployment"]["spec"]["template"]
    container = pod["spec"]["containers"][0]
    for selector in (found["Service"]["spec"]["selector"], found["Deployment"]["spec"]["selector"]["matchLabels"],
                     found["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"]):
        assert selector.items() <= pod["metadata"]["labels"].items()
        assert not selector.items() <= found["Job"]["spec"]["template"]["metadata"]["labels"].items()
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    variables = {each["name"]: each["value"] for each in container["env"]}
    assert ports == {"http": int(variables["PORT"]), "management": int(variables["WARPDRIVE_MANAGEMENT_PORT"])}
    assert found["Ingress"]["spec"]["rules"][0]["host"] == "shop.example"
    assert found["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"] == name


@needs_npm
@pytest.mark.parametrize("platform", ["kubernetes", "openshift"])
def test_pods_are_restricted(developer, checked, platform):
    developer.write({"manage.py": MANAGE})
    found = checked(written(developer, platform))
    for kind in ("Deployment", "Job"):
        pod = found[kind]["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert pod["securityContext"] == {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
        assert pod["automountServiceAccountToken"] is False
        assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}


@needs_npm
def test_openshift_builds_what_it_runs(developer, checked):
    found = checked(written(developer, "openshift", "shop", "--source", "https://git.example/shop.git"))
    assert set(found) == {"Deployment", "Service", "Route", "HorizontalPodAutoscaler", "PodDisruptionBudget", "ImageStream",
                          "BuildConfig"}
    build = found["BuildConfig"]["spec"]
    assert build["output"]["to"]["name"] == found["Deployment"]["spec"]["template"]["spec"]["containers"][0]["image"] == "shop:latest"
    assert found["ImageStream"]["metadata"]["name"] == "shop"
    assert build["source"]["git"]["uri"] == "https://git.example/shop.git"
    assert {"BuildConfig", "ImageStream"}.isdisjoint(checked(written(developer, "openshift", "--image", "registry.example/shop")))


@needs_npm
def test_the_templates_for_openshift_have_a_parameter_for_each_name(checked):
    folder = ROOT / "docker/openshift"
    for name in ("builder.yaml", "site.yaml"):
        text = (folder / name).read_text()
        template = checked(text)["Template"]
        assert {each["name"] for each in template["parameters"]} == set(re.findall(r"\$\{(\w+)\}", text))
    (stream,) = (each for each in checked((folder / "builder.yaml").read_text())["Template"]["objects"] if each["kind"] == "ImageStream")
    assert stream == checked((folder / "image-stream.yaml").read_text())["ImageStream"]


def test_times_agree_with_the_projects(developer):
    developer.write({"warpdrive.toml": "graceful-timeout = 100\nshutdown-delay = 20\nport = 9000\n",
                     ".warpdrive/environment": "WARPDRIVE_SHUTDOWN_TIMEOUT=30\n",
                     ".warpdrive/server_args": "--request-timeout 600 --port ${SITE_PORT:-8123}\n"})
    said = written(developer, "kubernetes")
    assert int(value_of(said, "terminationGracePeriodSeconds")) > 100 + 20 + 30
    assert int(value_of(said, "nginx.ingress.kubernetes.io/proxy-read-timeout")) > 600
    assert value_of(said, "containerPort: 8123\n *- name: \"management\"\n *containerPort") == "9180"


def test_what_this_shell_has_set_is_no_part_of_the_image(developer):
    assert written(developer, "kubernetes") == written(
        developer, "kubernetes", WARPDRIVE_GRACEFUL_TIMEOUT="1000", PORT="1", WEB_CONCURRENCY="9", WARPDRIVE_DEPLOY_MODE="shell")


def test_a_paste_file_is_served_by_httpd_also_beside_a_script(developer):
    (developer.project / "wsgi.py").unlink()
    developer.write({"production.ini": "[app:main]\nuse = egg:shop\n", "app.py": "print('not the server')\n"})
    assert '"/readyz"' in written(developer, "kubernetes")


@pytest.mark.parametrize("files", [{"app.sh": "#!/bin/sh\n"}, {".warpdrive/server_type": "gunicorn\n"}, {".warpdrive/deploy_mode": "python\n"}])
def test_a_server_that_is_not_httpd_is_probed_by_its_port(developer, files):
    said = written(developer.write(files, mode=0o755), "kubernetes")
    assert "tcpSocket" in said and "preStop" in said and "MANAGEMENT" not in said


def test_files_are_written_once_and_nobody_elses_replaced(developer):
    developer.write({"manage.py": MANAGE})
    output = developer.project / "deploy it"
    said = written(developer, "kubernetes", "shop", "--output", "deploy it")
    names = sorted(str(path.relative_to(output)) for path in output.rglob("*.yaml"))
    assert names == ["autoscaler.yaml", "deployment.yaml", "disruption-budget.yaml", "ingress.yaml", "jobs/migrate.yaml", "service.yaml"]
    assert said.count("wrote  ") == 6
    assert written(developer, "kubernetes", "shop", "--output", "deploy it").count("stays  ") == 6
    said = written(developer, "kubernetes", "shop", "--image", "other:2", "--output", "deploy it")
    assert (said.count("wrote  "), said.count("stays  ")) == (2, 4)
    (output / "service.yaml").write_text("# mine\n")
    assert "service.yaml was not written by warpdrive manifests" in developer.refused("manifests", "kubernetes", "--output", "deploy it")
    assert (output / "service.yaml").read_text() == "# mine\n"


@pytest.mark.parametrize("arguments, reason", [
    (["kubernetes", "--image", "a\n  b: c"], "is not the name of an image"),
    (["kubernetes", "--host", "a: b"], "is not a host name"),
    (["kubernetes", "2048"], "makes no name for objects"),
    (["openshift", "--source", "--upload-pack=id"], "is not the address of a repository"),
    (["openshift", "--host", "*.example.org"], "a Route has one host and no wildcard"),
    (["openshift", "--builder", "a b"], "is not the name of an image")])
def test_what_would_be_more_than_a_name_is_refused(developer, arguments, reason):
    assert reason in developer.refused("manifests", *arguments)


@pytest.mark.parametrize("arguments, reason", [
    ("--host 127.0.0.1", "nobody outside a pod reaches 127.0.0.1"), ("--debug-mode", "a pod has no terminal"),
    ("--management-host localhost", "the cluster's probes do not reach localhost")])
def test_a_pod_that_would_get_no_request_is_refused(developer, arguments, reason):
    developer.write({".warpdrive/server_args": arguments + "\n"})
    assert reason in developer.refused("manifests", "kubernetes")


def test_wrong_words_are_told(developer):
    assert "is none of kubernetes, openshift" in developer.refused("manifests", "swarm", status=2)
    assert "--source is for what the cluster builds" in developer.refused("manifests", "kubernetes", "--source", "x", status=2)
    developer.write({".warpdrive/server_args": "--graceful-timeout $UNKNOWN\n"})
    assert "server_args:1: $UNKNOWN is not set" in developer.refused("manifests", "kubernetes")
