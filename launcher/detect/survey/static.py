"""Which URLs an application's framework serves from a folder, where the code says so plainly. See modules.py."""

# Of Pyramid's add_static_view: any other changes who may see the files, or what they are.
VIEW_ARGUMENTS = ("name", "path", "cache_max_age")


class StaticFolders:
    """`folders`: what httpd may serve. `notes`: what was seen, and why it stays the application's."""

    def __init__(self, project):
        self.project = project
        self.folders = []
        self.notes = []

    def add(self, what, where, url, folder):
        folder = absolute_path_in(self.project, folder)
        if holds_source(folder, self.project):
            self.note(f"{what} {folder} holds the application's code, so it is left to the application", where)
        elif not os.path.isdir(folder):
            self.note(f"{what} {folder} does not exist", where)
        else:
            self.folders.append({"what": what, "where": where, "url": url, "folder": folder})

    def note(self, what, where):
        self.notes.append({"what": what, "where": where})


def absolute_path_in(project, folder):
    return os.path.normpath(os.path.join(project.directory, folder))


def holds_source(folder, project):
    inside = [module.path for module in project.parsed()]
    return any(path.startswith(folder.rstrip("/") + "/") for path in [*inside, *(root + "/" for root in project.roots)])


def static_folders_of(thing, modules):
    """Of the application that a thing is; `modules` are the files that its name was followed through."""
    found = StaticFolders(modules[0].project)
    if thing.what == "Flask" and thing.call is not None:
        add_flask(found, thing)
        leave_guarded(found, "Flask's static folders", guard_of_flask, thing)
    if thing.what == "Pyramid":
        add_pyramid(found)
        leave_guarded(found, "Pyramid's static views", guard_of_pyramid, thing)
    # WhiteNoise answers before Flask or Pyramid is asked.
    if thing.kind == "wsgi":
        for module in modules:
            add_whitenoise(found, module)
    leave_guarded(found, "static folders", guard_around, thing)
    return found


def leave_guarded(found, whose, find_guard, thing):
    guard = find_guard(thing, found.project) if found.folders else None
    if guard is not None:
        what, where = guard
        found.note(f"{what} may ask for a login, so {whose} are left to the application",
                   where or found.folders[0]["where"])
        found.folders.clear()


# Flask
def add_flask(found, thing):
    call, scope = thing.call, thing.scope
    where = scope.module.place(call)
    try:
        if argument(call, "static_host", 3) is not None:
            found.note("Flask's static files have a host of their own, so they are left to the application", where)
            return
        url, folder = flask_folder(scope, call, "static", (1, 2))
        if is_set_later(scope.module, ("static_folder", "static_url_path")):
            raise Unknown
    except Unknown:
        found.note("Flask's static folder can't be told without running the code, so it is left to the application", where)
        return
    if folder is not None:
        found.add("Flask's static folder", where, url, folder)
    add_blueprints(found, thing, url)


def flask_folder(scope, call, default, positions):
    """URL and folder of Flask(…) or Blueprint(…); no folder when there is none."""
    url_node, folder_node = argument(call, "static_url_path", positions[0]), argument(call, "static_folder", positions[1])
    folder = text_value(scope, folder_node) if folder_node is not None else default
    url = text_value(scope, url_node) if url_node is not None else None
    if folder is None:
        return url, None
    folder = folder.rstrip("/\\")
    if url is None:
        url = "/" + os.path.basename(folder)
    return url.rstrip("/"), os.path.join(root_path(scope, call), folder)


def root_path(scope, call):
    given = argument(call, "root_path")
    if given is not None:
        return required_text(scope, given, 0)
    name = argument(call, "import_name", 1 if dotted_name(scope, call.func).endswith("Blueprint") else 0)
    if isinstance(name, ast.Name) and name.id == "__name__":
        return os.path.dirname(scope.module.path)
    module = scope.module.project.module_named(required_text(scope, name, 0))
    if module is None:
        raise Unknown
    return os.path.dirname(module.path)


def is_set_later(module, attributes):
    return any(isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr in attributes
               for node in ast.walk(module.tree))


def add_blueprints(found, thing, url_of_application):
    project = found.project
    blueprints = {}
    for module in project.files_that_mention(b"Blueprint", b"register_blueprint"):
        for call, scope in module.calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr == "register_blueprint" and call.args:
                register_blueprint(found, thing, blueprints, call, scope)
    for where, url, folder in blueprints.values():
        # The application's own rule comes first, so the folder is never asked.
        if url != url_of_application:
            found.add("a Flask blueprint's static folder", where, url, folder)


def register_blueprint(found, thing, blueprints, call, scope):
    receiver = resolve(scope, call.func.value)
    made = blueprint_call(scope, call.args[0])
    if made is None or (receiver.call is not None and receiver.call is not thing.call):
        return
    blueprint, home = made
    where = home.module.place(blueprint)
    if blueprint_call(scope, call.func.value) is not None:
        found.note("a blueprint in a blueprint is left to the application", where)
        return
    try:
        url, folder = flask_folder(home, blueprint, None, (3, 2))
        prefix = argument(call, "url_prefix") or argument(blueprint, "url_prefix", 5)
        prefix = (text_value(scope if argument(call, "url_prefix") else home, prefix) if prefix is not None else "") or ""
    except Unknown:
        if any(keyword.arg == "static_folder" for keyword in blueprint.keywords):
            found.note("a Flask blueprint's static folder can't be told without running the code, so it is left to the "
                       "application", where)
        return
    if folder is not None:
        # The place of a variable part in a prefix is not a text of the URL.
        if "<" in prefix:
            found.note("a Flask blueprint's prefix has a variable part, so its static folder is left to the application", where)
        else:
            blueprints[(home.module.path, blueprint.lineno, prefix)] = (where, "/" + (prefix + url).strip("/"), folder)


def blueprint_call(scope, node):
    """The Blueprint(…) that an expression stands for, with its scope."""
    if isinstance(node, ast.Name):
        found, holder, _ = find_binding(scope, node.id)
        if found is not None and found[0] == "value":
            return blueprint_call(holder, found[2]) if not isinstance(found[2], ast.Name) else None
    if isinstance(node, ast.Call):
        return (node, scope) if dotted_name(scope, node.func) in ("flask.Blueprint", "flask.blueprints.Blueprint") else None
    name = dotted_name(scope, node) if node is not None else ""
    for _ in range(DEEPEST_CHAIN):
        module, attribute = scope.module.project.split(name) if name else (None, None)
        if module is None or module.scope is None or "." in attribute:
            return None
        found, _, _ = find_binding(module.scope, attribute)
        if found is None or found[0] != "import":
            value = found[2] if found is not None and found[0] == "value" else None
            return blueprint_call(module.scope, value) if isinstance(value, ast.Call) else None
        name = found[2]
    return None


# Pyramid
def add_pyramid(found):
    views = []
    for module in found.project.files_that_mention(b"add_static_view", b"route_prefix"):
        for call, scope in module.calls():
            if any(keyword.arg == "route_prefix" for keyword in call.keywords):
                found.note("Pyramid's static views may be below a route_prefix, so they are left to the application",
                           module.place(call))
                return
            if isinstance(call.func, ast.Attribute) and call.func.attr == "add_static_view":
                views.append((call, scope))
    for call, scope in views:
        add_static_view(found, call, scope)


def add_static_view(found, call, scope):
    where = scope.module.place(call)
    others = [keyword.arg for keyword in call.keywords if keyword.arg not in VIEW_ARGUMENTS]
    if others:
        found.note(f"a Pyramid static view has {others[0] or '**'}, so it is left to the application", where)
        return
    try:
        name = required_text(scope, argument(call, "name", 0), 0)
        path = required_text(scope, argument(call, "path", 1), 0)
        folder = asset_folder(scope.module, path)
    except Unknown:
        found.note("a Pyramid static view can't be told without running the code, so it is left to the application", where)
        return
    if "//" not in name:
        found.add("a Pyramid static view", where, "/" + name.strip("/"), folder)


def asset_folder(module, path):
    """"package:folder", or a folder beside the file."""
    package, colon, below = path.partition(":")
    if os.path.isabs(path):
        return path
    if not colon:
        return os.path.join(os.path.dirname(module.path), path)
    home = module.project.module_named(package)
    if home is None:
        raise Unknown
    return os.path.join(os.path.dirname(home.path), below)


# WhiteNoise
def add_whitenoise(found, module):
    if module.tree is None:
        return
    calls = list(module.calls())
    makers = [(call, scope) for call, scope in calls if dotted_name(scope, call.func) in ("whitenoise.WhiteNoise",
                                                                                          "whitenoise.base.WhiteNoise")]
    for call, scope in makers:
        add_whitenoise_folder(found, scope, call, 1)
    for call, scope in calls if makers else []:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "add_files":
            add_whitenoise_folder(found, scope, call, 0)


def add_whitenoise_folder(found, scope, call, position):
    where = scope.module.place(call)
    try:
        root = argument(call, "root", position)
        prefix = argument(call, "prefix", position + 1)
        if root is None:
            return
        folder = required_text(scope, root, 0)
        url = (text_value(scope, prefix) or "") if prefix is not None else ""
    except Unknown:
        found.note("WhiteNoise's folder can't be told without running the code, so it is left to the application", where)
        return
    found.add("WhiteNoise's folder", where, "/" + url.strip("/"), folder)
