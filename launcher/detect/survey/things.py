"""What a name stands for: a WSGI application, a factory of one, something else. See modules.py."""

WSGI_MAKERS = {
    "flask.Flask": "Flask", "flask.app.Flask": "Flask", "apiflask.APIFlask": "Flask",
    "bottle.Bottle": "Bottle", "bottle.default_app": "Bottle", "bottle.app": "Bottle", "bottle.app.push": "Bottle",
    "falcon.App": "Falcon", "falcon.API": "Falcon", "falcon.app.App": "Falcon",
    "cherrypy.Application": "CherryPy", "cherrypy.tree.mount": "CherryPy",
    "django.core.wsgi.get_wsgi_application": "Django", "pyramid.paster.get_app": "Pyramid",
    "paste.deploy.loadapp": "Paste", "werkzeug.Response": "Werkzeug",
}
WSGI_METHODS = {"make_wsgi_app": "Pyramid", "wsgifunc": "web.py"}
ASGI_MAKERS = {
    "fastapi.FastAPI": "FastAPI", "starlette.applications.Starlette": "Starlette", "quart.Quart": "Quart",
    "falcon.asgi.App": "Falcon's ASGI", "litestar.Litestar": "Litestar", "sanic.Sanic": "Sanic",
    "django.core.asgi.get_asgi_application": "Django's ASGI", "channels.routing.ProtocolTypeRouter": "Channels",
    "aiohttp.web.Application": "aiohttp", "blacksheep.Application": "BlackSheep", "tornado.web.Application": "Tornado",
    "socketio.ASGIApp": "Socket.IO's ASGI",
}
OTHER_MAKERS = {"typer.Typer", "celery.Celery", "click.Group", "dash.Dash", "tkinter.Tk", "kivy.app.App", "textual.app.App",
                "PyQt5.QtWidgets.QApplication", "PyQt6.QtWidgets.QApplication", "PySide6.QtWidgets.QApplication", "wx.App"}
SERVERS = {"bottle.run", "cherrypy.quickstart", "cherrypy.engine.block", "waitress.serve", "werkzeug.serving.run_simple",
           "werkzeug.run_simple", "uvicorn.run", "aiohttp.web.run_app"}
FACTORY_NAMES = ("create_app", "make_app", "create_application", "make_application")
DEEPEST_CHAIN = 20


class Thing:
    """`kind`: wsgi, asgi, other, or unknown. `call` and `scope`: where it is made. `wrappers`: names and places of the
    calls that it was given to."""

    def __init__(self, kind, what, scope=None, call=None, via=()):
        self.kind = kind
        self.what = what
        self.scope = scope
        self.call = call
        self.via = list(via)
        self.wrappers = []

    def passed(self, module, name):
        self.via.append((module, name))
        return self


UNKNOWN = ("unknown", "something that can't be told without importing it")


def resolve_name(scope, name, before=None, depth=0):
    """What a name in a scope stands for, through assignments and imports."""
    found, holder, index = find_binding(scope, name, before)
    if found is None:
        return resolve_dotted(scope.module.project, star_name(scope, name), depth) if scope.module.scope.stars else Thing(*UNKNOWN)
    if found[0] == "import":
        return resolve_dotted(scope.module.project, found[2], depth + 1)
    if found[0] == "definition":
        return describe_definition(holder, found[1])
    return resolve(holder, found[2], (holder, name, index), depth + 1)


def resolve_dotted(project, dotted, depth):
    if dotted == "cherrypy.tree":
        return Thing("wsgi", "CherryPy")
    module, name = project.split(dotted)
    if module is None or module.scope is None or depth > DEEPEST_CHAIN or "." in name:
        return Thing(*UNKNOWN)
    return resolve_name(module.scope, name, None, depth + 1).passed(module, name)


def resolve(scope, node, before=None, depth=0):
    if depth > DEEPEST_CHAIN or node is None:
        return Thing(*UNKNOWN)
    if isinstance(node, ast.Name):
        return resolve_name(scope, node.id, before, depth)
    if isinstance(node, ast.Constant):
        return Thing("other", "a constant")
    if isinstance(node, ast.Lambda):
        return Thing("wsgi", "a function") if len(node.args.args) == 2 else Thing("other", "a function")
    if isinstance(node, ast.Attribute):
        return resolve_attribute(scope, node, before, depth)
    if isinstance(node, ast.Call):
        return resolve_call(scope, node, before, depth)
    return Thing(*UNKNOWN)


def resolve_attribute(scope, node, before, depth):
    if node.attr == "wsgi_app":
        return resolve(scope, node.value, before, depth + 1)
    if node.attr == "server" and isinstance(node.value, ast.Name):
        owner = resolve(scope, node.value, before, depth + 1)
        return Thing("wsgi", "Dash") if owner.what == "dash.Dash" else Thing(*UNKNOWN)
    name = dotted_name(scope, node, before)
    return resolve_dotted(scope.module.project, name, depth + 1) if name else Thing(*UNKNOWN)


def resolve_call(scope, call, before, depth):
    name = dotted_name(scope, call.func, before)
    for makers, kind in ((WSGI_MAKERS, "wsgi"), (ASGI_MAKERS, "asgi")):
        if name in makers:
            return Thing(kind, makers[name], scope, call)
    if name in OTHER_MAKERS:
        return Thing("other", name)
    if isinstance(call.func, ast.Attribute) and call.func.attr in WSGI_METHODS:
        return Thing("wsgi", WSGI_METHODS[call.func.attr], scope, call)
    made = made_by_the_project(scope, name, call, before, depth)
    if made.kind != "unknown" or not call.args:
        return made
    # Middleware gets the application first and is one.
    inner = resolve(scope, call.args[0], before, depth + 1)
    inner.wrappers.append((name, scope.module.place(call)))
    return inner if inner.kind in ("wsgi", "asgi") else made


def made_by_the_project(scope, name, call, before, depth):
    holder, node = None, None
    if isinstance(call.func, ast.Name):
        found, holder, _ = find_binding(scope, call.func.id, before)
        node = found[1] if found is not None and found[0] == "definition" else None
    module = attribute = None
    if node is None and name:
        module, attribute = scope.module.project.split(name)
        if module is None or module.scope is None:
            return Thing(*UNKNOWN)
        found, holder, _ = find_binding(module.scope, attribute)
        if found is not None and found[0] == "import" and depth < DEEPEST_CHAIN:
            return made_by_the_project(module.scope, found[2], ast.Call(ast.Name(attribute), call.args, call.keywords), None, depth + 1)
        node = found[1] if found is not None and found[0] == "definition" else None
    if isinstance(node, ast.ClassDef):
        made = describe_instance(holder, node, call, scope, depth)
    elif isinstance(node, ast.FunctionDef):
        made = returned_by(holder, node, depth)
    else:
        made = Thing(*UNKNOWN)
    return made.passed(module, attribute) if module is not None else made


def describe_instance(holder, node, call, scope, depth):
    if depth > DEEPEST_CHAIN:
        return Thing(*UNKNOWN)
    for base in node.bases:
        name = dotted_name(holder, base)
        if name in WSGI_MAKERS:
            return Thing("wsgi", WSGI_MAKERS[name], scope, call)
        if name in ASGI_MAKERS:
            return Thing("asgi", ASGI_MAKERS[name])
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name in ("__call__", "__iter__"):
            if len(method.args.args) == (3 if method.name == "__call__" else 1):
                return Thing("wsgi", f"an object of class {node.name}")
    return Thing(*UNKNOWN)


def returned_by(holder, function, depth=0):
    """What a function of the project gives, as its last return says."""
    scope = holder.module.scope_of(function, holder)
    returns = [node for node in own_nodes(function) if isinstance(node, ast.Return)]
    return resolve(scope, returns[-1].value, None, depth + 1) if returns else Thing("other", "a function without return")


def own_nodes(node):
    """The nodes of a function or a file without those of the functions and classes in it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            yield child
            yield from own_nodes(child)


def required_parameters(function):
    arguments = function.args
    positional = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    return positional + sum(default is None for default in arguments.kw_defaults)


def describe_definition(holder, node):
    """A function or class that a name is bound to, uncalled."""
    if isinstance(node, ast.FunctionDef) and len(node.args.args) >= 2 and required_parameters(node) == 2:
        return Thing("wsgi", "a function")
    if isinstance(node, ast.AsyncFunctionDef) and required_parameters(node) == 3:
        return Thing("asgi", "a coroutine")
    if isinstance(node, ast.ClassDef):
        return describe_class(node)
    return Thing("other", "a function that takes other arguments than environ and start_response")


def describe_class(node):
    """A class that WSGI calls: what it makes of environ and start_response is the response."""
    methods = {method.name: method for method in node.body if isinstance(method, ast.FunctionDef)}
    if "__iter__" in methods and "__init__" in methods and required_parameters(methods["__init__"]) == 3:
        return Thing("wsgi", "a class")
    return Thing("other", "a class")


def describe_factory(module, name, depth=0):
    """What a factory without required arguments makes; None for a name that is no such factory."""
    found, holder, _ = find_binding(module.scope, name)
    if found is None:
        return None
    if found[0] == "import":
        other, attribute = module.project.split(found[2])
        if other is None or other.scope is None or "." in attribute or depth > DEEPEST_CHAIN:
            return None
        thing = describe_factory(other, attribute, depth + 1)
        return thing.passed(other, attribute) if thing is not None else None
    node = found[1]
    if not isinstance(node, ast.FunctionDef) or required_parameters(node) > 0:
        return None
    thing = returned_by(holder, node)
    if thing.kind == "unknown":
        thing.kind, thing.what = "wsgi", "an application"
    return thing


def server_started_at_import(module):
    """The call that runs a server as soon as the file is imported, or None."""
    for call, scope in module.calls():
        if scope is not module.scope or not is_reached_by_import(module, call):
            continue
        if dotted_name(scope, call.func) in SERVERS:
            return call
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("run", "serve_forever"):
            if call.func.attr == "serve_forever" or resolve(scope, call.func.value).kind in ("wsgi", "asgi"):
                return call
    return None


def is_reached_by_import(module, call):
    def search(nodes):
        for node in nodes:
            if is_main_guard(node) or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
                continue
            if node is call or search(ast.iter_child_nodes(node)):
                return True
        return False
    return search(module.tree.body)


def line_of_port(module):
    """Where the file asks the environment for PORT; 0 for nowhere."""
    for node in ast.walk(module.tree):
        asked = node.args[:1] if isinstance(node, ast.Call) else [node.slice] if isinstance(node, ast.Subscript) else []
        for part in asked:
            part = getattr(part, "value", part) if type(part).__name__ == "Index" else part
            if isinstance(part, ast.Constant) and part.value == "PORT":
                return node.lineno
    return 0
