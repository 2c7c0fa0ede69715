"""warpdrive and the servers that it is compared with. Those with httpd in front have the same httpd."""
import shutil
import subprocess
from pathlib import Path

from servers import Server, user_and_group
from support.httpd import modules_directory
from support.ports import free_port

HERE = Path(__file__).resolve().parent


def build_module(name, directory):
    """Builds a module of httpd's in this folder; the line that loads it."""
    shutil.copy(HERE / f"{name}.c", directory)
    done = subprocess.run(["/usr/bin/apxs", "-c", f"{name}.c"], cwd=directory, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"apxs -c {name}.c: {done.stdout}{done.stderr}")
    return f"LoadModule {name}_module {directory}/.libs/{name}.so\n"


class Warpdrive(Server):
    name = "warpdrive"
    prefix = None  # an installation; see run

    def commands(self):
        site = self.site
        return [self.httpd(f"LoadModule warp_module {self.prefix}/lib/warpdrive/mod_warp.so\n"
                           f"WarpDaemonProcess bench processes={site.processes} threads={site.threads} python-path={self.folder} "
                           f"{' '.join(self.options)}\nWarpScriptAlias / {self.script}\n{self.more()}")]

    def more(self):
        return ""


class Scraped(Warpdrive):
    """With management pages on a port of their own, as the launcher makes them."""

    name = "warpdrive, scraped each second"

    def more(self):
        self.management_port = free_port()
        return (f"Listen 127.0.0.1:{self.management_port}\n<VirtualHost 127.0.0.1:{self.management_port}>\n"
                '<Location "/">\nSetHandler warp-management\n</Location>\n</VirtualHost>\n')


class Uncounted(Warpdrive):
    """Without management pages, and without what mod_warp does for metrics at the end of each request."""

    name = "warpdrive without metrics"
    packages = {"/usr/bin/apxs": "apache2-dev"}

    def more(self):
        return build_module("bench_uncounted", self.directory)


class ModWsgi(Server):
    name = "mod_wsgi, daemon mode"
    packages = {"/usr/lib/apache2/modules/mod_wsgi.so": "libapache2-mod-wsgi-py3"}

    def commands(self):
        site = self.site
        return [self.httpd(f"LoadModule wsgi_module {modules_directory()}/mod_wsgi.so\n"
                           f"WSGISocketPrefix {self.directory}/wsgi\n"
                           f"WSGIDaemonProcess bench processes={site.processes} threads={site.threads} python-path={self.folder} "
                           f"{' '.join(self.options)}\nWSGIScriptAlias / {self.script} process-group=bench application-group=%{{GLOBAL}}\n"
                           f"<Directory {self.script.parent}>\nRequire all granted\n</Directory>\n")]


class Gunicorn(Server):
    name = "gunicorn gthread"
    packages = {"/usr/bin/gunicorn": "gunicorn"}

    def commands(self):
        return [self.gunicorn(self.port)]

    def gunicorn(self, port):
        user, group = user_and_group()
        return ["gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(self.site.processes), "--worker-class", "gthread",
                "--threads", str(self.site.threads), "--keep-alive", "75", "--worker-tmp-dir", "/dev/shm",
                "--chdir", str(self.folder), *self.options, *(["--user", user, "--group", group] if user else []),
                f"{self.site.module}:application"]


class HttpdGunicorn(Gunicorn):
    name = "httpd > gunicorn gthread"

    def commands(self):
        modules, behind = modules_directory(), free_port()
        return [self.gunicorn(behind), self.httpd(f"LoadModule proxy_module {modules}/mod_proxy.so\n"
                                                  f"LoadModule proxy_http_module {modules}/mod_proxy_http.so\n"
                                                  f"ProxyPass / http://127.0.0.1:{behind}/\n")]


class Uwsgi(Server):
    """Whatever is before uWSGI reaches it by this socket."""

    packages = {"/usr/bin/uwsgi": "uwsgi-core", "/usr/lib/uwsgi/plugins/python3_plugin.so": "uwsgi-plugin-python3"}

    @property
    def socket(self):
        return self.directory / "uwsgi.sock"

    def uwsgi(self):
        user, group = user_and_group()
        if user:
            self.directory.chmod(0o777)
        return ["uwsgi", "--plugin", "python3", "--master", "--die-on-term", "--disable-logging", "--socket", str(self.socket),
                "--chmod-socket=666", "--processes", str(self.site.processes), "--threads", str(self.site.threads),
                "--listen", "100", "--pythonpath", str(self.folder), "--wsgi-file", str(self.script),
                *(["--uid", user, "--gid", group] if user else [])]


class HttpdUwsgi(Uwsgi):
    name = "httpd > uWSGI (mod_proxy_uwsgi)"
    packages = Uwsgi.packages | {"/usr/lib/apache2/modules/mod_proxy_uwsgi.so": "apache2-bin"}

    def commands(self):
        modules = modules_directory()
        return [self.uwsgi(), self.httpd(f"LoadModule proxy_module {modules}/mod_proxy.so\n"
                                         f"LoadModule proxy_uwsgi_module {modules}/mod_proxy_uwsgi.so\n"
                                         f"ProxyPass / unix:{self.socket}|uwsgi://localhost/\n")]


NGINX_CONF = """\
daemon off;
pid {directory}/nginx.pid;
error_log {directory}/error.log warn;
worker_processes 1;
{user}
events {{ worker_connections 512; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path {directory}/nginx-body;
  proxy_temp_path {directory}/nginx-proxy;
  fastcgi_temp_path {directory}/nginx-fastcgi;
  uwsgi_temp_path {directory}/nginx-uwsgi;
  scgi_temp_path {directory}/nginx-scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{ include /etc/nginx/uwsgi_params; uwsgi_pass unix:{socket}; }}
  }}
}}
"""


class NginxUwsgi(Uwsgi):
    name = "nginx > uWSGI"
    packages = Uwsgi.packages | {"/usr/sbin/nginx": "nginx"}

    def commands(self):
        user, group = user_and_group()
        config = self.directory / "nginx.conf"
        config.write_text(NGINX_CONF.format(directory=self.directory, port=self.port, socket=self.socket,
                                            user=f"user {user} {group};" if user else ""))
        return [self.uwsgi(), ["/usr/sbin/nginx", "-c", str(config), "-e", str(self.directory / "error.log")]]


class Static(Server):
    """The file that the application gives to wsgi.file_wrapper, at the same URL."""

    name = "httpd, static file"

    def commands(self):
        return [self.httpd(f"LoadModule alias_module {modules_directory()}/mod_alias.so\n"
                           f"Alias /file {self.directory}/large.bin\n"
                           f"<Directory {self.directory}>\nRequire all granted\n</Directory>\n")]


class Handler(Server):
    name = "httpd, C handler"
    packages = {"/usr/bin/apxs": "apache2-dev"}

    def commands(self):
        return [self.httpd(build_module("bench_handler", self.directory))]


SERVERS = {"warpdrive": Warpdrive, "scraped": Scraped, "uncounted": Uncounted, "mod_wsgi": ModWsgi, "gunicorn": Gunicorn, "httpd-gunicorn": HttpdGunicorn,
           "httpd-uwsgi": HttpdUwsgi, "nginx-uwsgi": NginxUwsgi, "static": Static, "handler": Handler}
