"""Values that can be told without running anything: texts, and paths made of __file__. See modules.py."""


class Unknown(Exception):
    """The value can't be told."""


PATH_FUNCTIONS = {
    "os.path.join": os.path.join,
    "os.path.dirname": os.path.dirname,
    "os.path.abspath": None,
    "os.path.realpath": None,
    "os.path.normpath": os.path.normpath,
    "os.path.basename": os.path.basename,
    "os.fspath": str,
    "str": str,
    "pathlib.Path": lambda *parts: os.path.join(*parts) if parts else ".",
    "pathlib.PurePath": lambda *parts: os.path.join(*parts) if parts else ".",
}


def dotted_name(scope, node, before=None):
    """The full name of an expression, through imports: Flask in `from flask import Flask` is flask.Flask. "" for none."""
    if isinstance(node, ast.Attribute):
        owner = dotted_name(scope, node.value, before)
        return f"{owner}.{node.attr}" if owner else ""
    if not isinstance(node, ast.Name):
        return ""
    found, holder, _ = find_binding(scope, node.id, before)
    if found is None:
        return star_name(scope, node.id)
    if found[0] == "import":
        return found[2]
    if holder.function is None:
        return f"{holder.module.name}.{node.id}"
    return ""


def star_name(scope, name):
    while scope is not None:
        for source in scope.stars:
            module = scope.module.project.module_named(source)
            if module is None or (module.scope is not None and name in module.scope.bindings):
                return f"{source}.{name}"
        scope = scope.parent
    return name


def find_binding(scope, name, before=None):
    """The last binding of a name, or the last before the index; with its scope and its index."""
    while scope is not None:
        bindings = scope.bindings.get(name, [])
        if before is not None and before[0] is scope and before[1] == name:
            bindings = bindings[:before[2]]
        if bindings:
            return bindings[-1], scope, len(bindings) - 1
        if is_parameter(scope.function, name):
            break
        scope = scope.parent
    return None, None, None


def is_parameter(function, name):
    if function is None:
        return False
    arguments = function.args
    every = arguments.posonlyargs + arguments.args + arguments.kwonlyargs + [arguments.vararg, arguments.kwarg]
    return any(argument is not None and argument.arg == name for argument in every)


def text_value(scope, node, depth=0):
    """The text, or None where the program says None. Raises Unknown."""
    if depth > 20 or node is None:
        raise Unknown
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, str)):
        return node.value
    if isinstance(node, ast.Name):
        return value_of_name(scope, node, depth)
    if isinstance(node, ast.JoinedStr):
        return "".join(required_text(scope, getattr(part, "value", part) if isinstance(part, ast.FormattedValue) else part, depth)
                       for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Div)):
        left, right = required_text(scope, node.left, depth), required_text(scope, node.right, depth)
        return left + right if isinstance(node.op, ast.Add) else os.path.join(left, right)
    if isinstance(node, ast.Attribute) and node.attr == "parent":
        return os.path.dirname(required_text(scope, node.value, depth))
    if isinstance(node, ast.Call):
        return value_of_call(scope, node, depth)
    raise Unknown


def required_text(scope, node, depth):
    text = text_value(scope, node, depth + 1)
    if text is None:
        raise Unknown
    return text


def value_of_name(scope, node, depth):
    if node.id == "__file__":
        return scope.module.path
    found, holder, _ = find_binding(scope, node.id)
    if found is None or found[0] == "definition":
        raise Unknown
    if found[0] == "value":
        if len(holder.bindings[node.id]) > 1:
            raise Unknown
        return text_value(holder, found[2], depth + 1)
    module, name = scope.module.project.split(found[2])
    if module is None or module.scope is None:
        raise Unknown
    return text_value(module.scope, ast.Name(id=name), depth + 1)


def value_of_call(scope, node, depth):
    if isinstance(node.func, ast.Attribute) and not node.keywords:
        if node.func.attr in ("resolve", "absolute", "as_posix") and not node.args:
            return absolute_path(scope, required_text(scope, node.func.value, depth))
        if node.func.attr == "joinpath":
            return os.path.join(*[required_text(scope, part, depth) for part in [node.func.value, *node.args]])
    name = dotted_name(scope, node.func)
    if name not in PATH_FUNCTIONS or node.keywords:
        raise Unknown
    parts = [required_text(scope, part, depth) for part in node.args]
    function = PATH_FUNCTIONS[name]
    try:
        return function(*parts) if function is not None else absolute_path(scope, *parts)
    except TypeError:
        raise Unknown from None


def absolute_path(scope, path):
    return os.path.normpath(os.path.join(scope.module.project.directory, path))


def argument(call, name, position=None):
    """The expression given for a parameter; None when it is not given. Raises Unknown for what * and ** may hold."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    if position is not None and position < len(call.args):
        if any(isinstance(each, ast.Starred) for each in call.args[:position + 1]):
            raise Unknown
        return call.args[position]
    if any(keyword.arg is None for keyword in call.keywords):
        raise Unknown
    return None
