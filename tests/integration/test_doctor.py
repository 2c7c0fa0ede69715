"""warpdrive-express doctor: what a start would stumble over, told without starting anything."""
import json
import socket
import subprocess

APPLICATION = "def application(environ, start_response):\n    start_response('200 OK', [])\n    return [b'']\n"
MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n"
WSGI = "import os\nfrom django.core.wsgi import get_wsgi_application\n" \
       "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\napplication = get_wsgi_application()\n"


def examine(site, *arguments, **variables):
    """The exit status and the checks, by name; the worst of several with one name."""
    done = subprocess.run([str(site.prefix.launcher), "doctor", "--json", "--host", "127.0.0.1", "--port", str(site.port),
                           "--server-root", str(site.root), *arguments],
                          cwd=site.project, stdin=subprocess.DEVNULL, env=site.environment() | variables, capture_output=True,
                          text=True, timeout=60)
    assert done.stderr == ""
    order = ["ok", "warning", "problem"]
    checks = sorted(json.loads(done.stdout)["checks"], key=lambda check: order.index(check["verdict"]))
    return done.returncode, {check["check"]: (check["verdict"], check["text"]) for check in checks}


def test_finds_nothing_wrong_with_a_plain_project(express):
    site = express().write_project({"wsgi.py": APPLICATION})
    status, checks = examine(site)
    assert status == 0, checks
    assert {verdict for verdict, _ in checks.values()} == {"ok"}, checks
    assert checks.keys() >= {"settings", "python", "project", "httpd", "modules", "port", "server-root", "times"}
    assert not site.root.exists()


def test_names_all_that_is_wrong_at_once(express):
    site = express().write_project({"wsgi.py": APPLICATION})
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", site.port))
        taken.listen()
        status, checks = examine(site, "--graceful-timeout", "60", "--grace-period", "30", "--server-root", str(site.project / "wsgi.py"))
    assert status == 1
    assert checks["port"][0] == "problem" and "choose another --port" in checks["port"][1]
    assert checks["times"][0] == "problem" and "terminationGracePeriodSeconds" in checks["times"][1]
    assert checks["server-root"][0] == "problem" and checks["project"][0] == "ok"


def test_is_certain_of_a_grace_period_that_is_said(express):
    site = express().write_project({"wsgi.py": APPLICATION})
    cluster = {"KUBERNETES_SERVICE_HOST": "10.0.0.1"}  # says nothing of the pod's own period
    assert examine(site, "--graceful-timeout", "60", **cluster)[1]["times"][0] == "warning"
    assert examine(site, "--graceful-timeout", "60", "--grace-period", "30", **cluster)[1]["times"][0] == "problem"


def test_finds_settings_of_development(express):
    settings = "DEBUG = True\nSECRET_KEY = 'django-insecure-key'\nROOT_URLCONF = 'settings'\nurlpatterns = []\n"
    site = express().write_project({"manage.py": MANAGE, "settings.py": settings, "wsgi.py": WSGI})
    status, checks = examine(site, "wsgi.py")
    assert status == 1
    assert checks["debug"][0] == "problem" and checks["secret-key"][0] == "problem"
    assert "django-insecure-key" not in str(checks)
    status, checks = examine(site, "wsgi.py", "--reload-on-changes")
    assert status == 0 and checks["debug"][0] == "warning"


def test_prints_a_line_for_each_check(express):
    site = express().write_project({"wsgi.py": APPLICATION})
    done = subprocess.run([str(site.prefix.launcher), "doctor", "--prot", "1"], cwd=site.project, stdin=subprocess.DEVNULL,
                          env=site.environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stdout.startswith("problem  settings  ") and "did you mean --port?" in done.stdout
    assert done.stdout.endswith("problems: 1, warnings: 0\n")
