"""What the launcher asks: every application that the usual places hold, or one that was named. See modules.py.

Argument: {"directory": …, "roots": […], "named": {"module" or "path": …, "callable": …} or null} as JSON, or with
"constants": {"path": …, "names": […]} the values of names in a file. The answer is JSON on descriptor 3.
"""

OBJECT_NAMES = ("application", "app")
ENTRY_NAMES = ("wsgi.py", "app.py", "main.py", "application.py", "__init__.py")
DEEPEST_PACKAGE = 3


def main():
    question = json.loads(sys.argv[1])
    project = Project(question["directory"], question["roots"])
    answer = {"named": None, "modules": []}
    if "constants" in question:
        answer["constants"] = constants_in(project, **question["constants"])
    elif question["named"] is not None:
        answer["named"] = describe_named(project, question["named"])
    else:
        answer["modules"] = [describe_module(module, tier) for module, tier in entry_modules(project)]
    answer["cut_short"] = project.cut_short
    with os.fdopen(3, "w", encoding="utf-8") as answers:
        json.dump(answer, answers)


def entry_modules(project):
    """(module, tier): the files at the top, the packages' entries, then what else is at the top."""
    found = []
    for root in project.roots:
        found += entries_in(project, root, root, "", 0)
    return [(module, tier) for module, tier in found if module is not None]


def entries_in(project, root, folder, prefix, depth):
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    found = []
    for name in names:
        path = os.path.join(folder, name)
        stem = name[:-len(".py")]
        if name.endswith(".py") and os.path.isfile(path) and (name in ENTRY_NAMES or depth == 0):
            if stem != "__init__" or depth > 0:
                module = prefix.rstrip(".") if stem == "__init__" else prefix + stem
                found.append((project.module_at(path, root, module), tier_of(name, depth)))
        elif depth < DEEPEST_PACKAGE and is_package_folder(project, folder, name):
            found += entries_in(project, root, path, f"{prefix}{name}.", depth + 1)
    return found


def tier_of(name, depth):
    if depth > 0:
        return 1
    return 0 if name in ENTRY_NAMES else 2


def is_package_folder(project, folder, name):
    path = os.path.join(folder, name)
    if not name.isidentifier() or is_skipped(folder, name) or not os.path.isdir(path) or path in project.roots:
        return False
    return is_file_in(path, "__init__.py") or not any(is_file_in(path, mark) for mark in MARKS)


def is_file_in(folder, name):
    return os.path.isfile(os.path.join(folder, name))


def describe_module(module, tier):
    """A file as the launcher's choice sees it."""
    answer = {"path": module.path, "root": module.root, "module": module.name, "tier": tier, "problem": module.problem,
              "is_open": False, "imports_neighbours": False, "server": None, "port_line": 0, "names": []}
    if module.tree is None:
        return answer
    try:
        return {**answer, **seen_in(module)}
    except RecursionError:
        return {**answer, "is_open": True}


def seen_in(module):
    server = server_started_at_import(module)
    return {"is_open": module.is_open,
            "imports_neighbours": imports_neighbours(module),
            "server": server and {"what": "a server is started on import", "where": module.place(server)},
            "port_line": line_of_port(module),
            "names": [each for each in (describe_name(module, name) for name in candidate_names(module)) if each]}


def candidate_names(module):
    """The usual names first, then whatever else is a framework's object."""
    names = [*OBJECT_NAMES, *FACTORY_NAMES]
    others = [name for name, bindings in module.scope.bindings.items() if name not in names and bindings[-1][0] == "value"]
    return names + others


def describe_name(module, name):
    """A name that may be served; None for one that isn't there, or that nobody would mean."""
    found, _, _ = find_binding(module.scope, name)
    if found is None:
        return None
    is_factory = name in FACTORY_NAMES
    thing = describe_factory(module, name) if is_factory else resolve_name(module.scope, name)
    if thing is None:
        node = found[1]
        return answer_for(module, name, found, Thing("other", "a factory that needs arguments; call it in a file of yours"),
                          is_factory) if isinstance(node, ast.FunctionDef) else None
    if name not in OBJECT_NAMES and not is_factory and (thing.kind not in ("wsgi", "asgi") or thing.call is None):
        return None
    return answer_for(module, name, found, thing, is_factory)


def answer_for(module, name, found, thing, is_factory=False):
    answer = {"name": name + "()" if is_factory else name, "kind": thing.kind, "what": thing.what,
              "where": module.place(found[1]), "usual": name in OBJECT_NAMES or is_factory,
              "via": [f"{each.path}:{attribute}" for each, attribute in thing.via], "static": [], "notes": []}
    if thing.kind == "wsgi":
        modules = list(dict.fromkeys([module, *(each for each, _ in thing.via)]))
        folders = static_folders_of(thing, modules)
        answer["static"], answer["notes"] = folders.folders, folders.notes
    return answer


def imports_neighbours(module):
    """True for a file that finds the modules beside it only if its own folder is where imports start."""
    folder = os.path.dirname(module.path)
    if folder in module.project.roots or is_file_in(folder, "__init__.py"):
        return False
    for node in ast.walk(module.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module else []
        for name in names:
            first = name.split(".")[0]
            if os.path.join(folder, first + ".py") == module.path or module.project.module_named(first) is not None:
                continue
            if is_file_in(folder, first + ".py") or is_file_in(os.path.join(folder, first), "__init__.py"):
                return True
    return False


def describe_named(project, named):
    """The module or script, and the name in it; `name` is null when it has none like that."""
    if "path" in named:
        stem = os.path.splitext(os.path.basename(named["path"]))[0]
        module = project.module_at(named["path"], os.path.dirname(named["path"]), stem)
    else:
        module = project.module_named(named["module"])
    if module is None:
        return None
    answer = describe_module(module, 0)
    answer["name"] = None
    attribute = named["callable"].split("(")[0]
    if module.scope is None or "." in attribute:
        answer["is_open"] = True
        return answer
    try:
        add_name(answer, module, attribute, named["callable"].endswith(")"))
    except RecursionError:
        answer["is_open"] = True
    return answer


def add_name(answer, module, attribute, is_factory):
    found, _, _ = find_binding(module.scope, attribute)
    if found is not None:
        thing = describe_factory(module, attribute) if is_factory else resolve_name(module.scope, attribute)
        answer["name"] = answer_for(module, attribute, found, thing or Thing("unknown", "a factory"), is_factory)
    elif is_mentioned_as_bound(module, attribute):
        answer["is_open"] = True


def is_mentioned_as_bound(module, name):
    """Bound in a way that is not followed: by `global`, in a loop, … What functions bind for themselves does not count."""
    return (any(isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)
                for node in own_nodes(module.tree))
            or any(isinstance(node, ast.Global) and name in node.names for node in ast.walk(module.tree)))


def constants_in(project, path, names):
    """Texts and whole numbers, those of a list one by one; null for a value that only the running file knows. A name
    that is None is left out: it asks for what holds without it."""
    module = project.module_at(path, os.path.dirname(path), os.path.splitext(os.path.basename(path))[0])
    if module.scope is None:
        return [{"name": "", "value": module.problem, "where": project.shown(path)}]
    found = []
    for name in names:
        binding, _, _ = find_binding(module.scope, name)
        if binding is not None:
            found += [{"name": name, "value": value, "where": module.place(binding[1])}
                      for value in constant_values(module, name, binding)]
    return found


def constant_values(module, name, binding):
    value = binding[2] if binding[0] == "value" else None
    if isinstance(value, (ast.List, ast.Tuple)) and value.elts:
        return [constant_value(module, element) for element in value.elts]
    try:
        text = constant_text(module, value if isinstance(value, ast.Constant) else ast.Name(id=name))
    except (Unknown, RecursionError):
        return [None]
    return [] if text is None else [text]


def constant_value(module, node):
    try:
        return constant_text(module, node)
    except (Unknown, RecursionError):
        return None


def constant_text(module, node):
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return str(node.value)
    return text_value(module.scope, node)


if __name__ == "__main__":
    main()
