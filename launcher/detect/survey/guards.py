"""What of an application may ask for a login before it gives a file away. See modules.py.

Whoever asks httpd gets the file, so a folder with one of these before it stays the application's.
"""

# Flask runs these before its own static view as before all others, or has them in its place.
FLASK_HOOKS = {"before_request", "before_request_funcs", "before_app_request", "url_value_preprocessor",
               "app_url_value_preprocessor", "view_functions", "BASIC_AUTH_FORCE", "FLASK_AUTH_ALL"}
FLASK_METHODS = {"send_static_file", "preprocess_request", "full_dispatch_request", "wsgi_app"}
# A setting makes these ask at every URL, and these functions read settings from where they are not seen.
FLASK_EXTENSIONS = {"flask_basicauth", "flask_htpasswd"}
FLASK_READERS = {"from_pyfile", "from_prefixed_env", "from_envvar", "from_file", "from_json"}
PYRAMID_HOOKS = {"add_tween", "NewRequest", "ContextFound"}

OPEN_MIDDLEWARE = {
    "werkzeug.middleware.proxy_fix.ProxyFix", "werkzeug.contrib.fixers.ProxyFix",
    "werkzeug.middleware.dispatcher.DispatcherMiddleware", "werkzeug.middleware.profiler.ProfilerMiddleware",
    "werkzeug.middleware.lint.LintMiddleware", "werkzeug.debug.DebuggedApplication", "whitenoise.WhiteNoise",
    "whitenoise.base.WhiteNoise", "sentry_sdk.integrations.wsgi.SentryWsgiMiddleware", "paste.translogger.TransLogger",
    "opentelemetry.instrumentation.wsgi.OpenTelemetryMiddleware",
}


def guard_of_flask(_, project):
    """What may ask, and where it is; None for nothing."""
    return mentioned(project, FLASK_HOOKS, FLASK_METHODS) or settings_from_elsewhere(project) or what_was_not_seen(project)


def settings_from_elsewhere(project):
    return mentioned(project, FLASK_READERS) if mentioned(project, FLASK_EXTENSIONS) else None


def guard_of_pyramid(_, project):
    return mentioned(project, PYRAMID_HOOKS) or what_was_not_seen(project)


def guard_around(thing, project):
    """A middleware that gets the requests first."""
    for name, where in thing.wrappers:
        if name not in OPEN_MIDDLEWARE:
            return f"the middleware {name}".rstrip(), where
    return middleware_in_flask(project) if thing.what == "Flask" else None


def mentioned(project, hooks, methods=frozenset()):
    """A use of a hook, or a method of the project's own."""
    for module in files_with(project, hooks | methods):
        if module.tree is None:
            return "a file that can't be read", project.shown(module.path)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and node.name in methods:
                return node.name, module.place(node)
            for word in used_words(node):
                if word in hooks:
                    return word, module.place(node)
    return None


def files_with(project, words):
    return project.files_that_mention(*(word.encode() for word in sorted(words)))


def used_words(node):
    """Keywords and imported names come with the node around them, as older Pythons know no line of theirs."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Call):
        return [keyword.arg for keyword in node.keywords]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        names = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
        return [part for name in names for part in name.split(".")]
    return [getattr(node, "attr", None) or getattr(node, "id", "")]


def middleware_in_flask(project):
    """app.wsgi_app = Middleware(app.wsgi_app)"""
    for module in files_with(project, FLASK_HOOKS | FLASK_METHODS):
        scopes = dict(module.calls())
        for node in ast.walk(module.tree) if module.tree is not None else []:
            is_set = isinstance(node, ast.Assign) and any(is_wsgi_app(target) for target in node.targets)
            if is_set and not is_open_around(node.value, scopes):
                return "the middleware in wsgi_app", module.place(node)
    return None


def is_wsgi_app(node):
    return isinstance(node, ast.Attribute) and node.attr == "wsgi_app"


def is_open_around(value, scopes):
    while isinstance(value, ast.Call) and value.args:
        if value not in scopes or dotted_name(scopes[value], value.func) not in OPEN_MIDDLEWARE:
            return False
        value = value.args[0]
    return is_wsgi_app(value)


def what_was_not_seen(project):
    return ("a file that was not looked at", "") if project.cut_short else None
