"""Looks at a project's Python files without running them: which of them hold an application, and what it serves.

The files of this folder are one script, put together by CMake in the order modules, values, things, guards, static,
survey, and run by warpdrive-express in the project's own Python, which alone knows its own syntax. Nothing of the
project is imported. This part: files, the modules that they are, and what names in them are bound to.
"""
import ast
import json
import os
import sys
import time

MOST_FILES = 3000
MOST_PARSED = 400
LARGEST_FILE = 1 << 20
DEEPEST = 8
LONGEST_SECONDS = 10

# Folders of other people's code, or of code that is not served.
SKIPPED = {"node_modules", "site-packages", "dist-packages", "__pycache__", "bower_components", "test", "tests", "testing",
           "docs", "doc", "examples", "example", "build", "dist", "migrations", "env", "venv", "virtualenv", "htmlcov"}
# A folder with one of these stands for itself, unless it says that it is a package.
MARKS = ("requirements.txt", "pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "manage.py", "Procfile", "warpdrive.toml",
         "uwsgi.ini", "gunicorn.conf.py", "app.sh", "package.json")

# A file that mentions one of these may have names that only running it shows.
WAYS_TO_BIND = (b"globals(", b"vars(", b"locals(", b"exec(", b"setattr(", b"__getattr__", b"sys.modules")


def is_skipped(folder, name):
    return (name.startswith(".") or name in SKIPPED or name.endswith(".egg-info")
            or os.path.exists(os.path.join(folder, name, "pyvenv.cfg")))


class Scope:
    """Names of a module or a function, each with all that is bound to it, in order."""

    def __init__(self, module, body, parent=None, function=None):
        self.module = module
        self.parent = parent
        self.function = function
        self.bindings = {}
        self.stars = []
        self._collect(body)

    def _bind(self, name, kind, node, *more):
        self.bindings.setdefault(name, []).append((kind, node, *more))

    def _collect(self, body):
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self._bind(node.name, "definition", node)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    self._bind(alias.asname or alias.name.split(".")[0], "import", node,
                               alias.name if alias.asname else alias.name.split(".")[0])
            elif isinstance(node, ast.ImportFrom):
                self._collect_from(node)
            elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr)):
                self._collect_assignment(node)
            elif not is_main_guard(node):
                self._collect_inside(node)

    def _collect_from(self, node):
        source = self.module.absolute(node.module, node.level)
        for alias in node.names:
            if alias.name == "*":
                self.stars.append(source)
            else:
                self._bind(alias.asname or alias.name, "import", node, f"{source}.{alias.name}")

    def _collect_assignment(self, node):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if isinstance(target, ast.Name):
                value = None if isinstance(node, ast.AugAssign) else node.value
                self._bind(target.id, "value", node, value)
            elif isinstance(target, (ast.Tuple, ast.List)):
                for element in target.elts:
                    if isinstance(element, ast.Name):
                        self._bind(element.id, "value", node, None)

    def _collect_inside(self, node):
        for field in ("body", "orelse", "finalbody"):
            self._collect(getattr(node, field, []))
        for handler in getattr(node, "handlers", []):
            self._collect(handler.body)
        for item in getattr(node, "items", []):
            if isinstance(item.optional_vars, ast.Name):
                self._bind(item.optional_vars.id, "value", node, None)


def is_main_guard(node):
    """if __name__ == "__main__": what is in there is not seen by who imports the file."""
    return (isinstance(node, ast.If) and isinstance(node.test, ast.Compare)
            and any(isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test)))


class Module:
    def __init__(self, project, path, root, name):
        self.project = project
        self.path = path
        self.root = root
        self.name = name
        self.is_package = os.path.basename(path) == "__init__.py"
        self.problem = ""
        self.is_open = False
        self.tree = None
        self.scope = None
        self._function_scopes = {}
        self._calls = None
        self._parse()

    def _parse(self):
        try:
            if os.path.getsize(self.path) > LARGEST_FILE:
                self.problem = "is larger than what is looked at"
                return
            with open(self.path, "rb") as file:
                text = file.read(LARGEST_FILE)
            self.is_open = any(word in text for word in WAYS_TO_BIND)
            tree = ast.parse(text, self.path)
            self.scope = Scope(self, tree.body)
            self.tree = tree
            self.is_open |= bool(self.scope.stars)
        except SyntaxError as error:
            self.problem = f"line {error.lineno}: {error.msg}"
        except (OSError, ValueError, RecursionError, MemoryError) as error:
            self.problem = str(error) or type(error).__name__

    def absolute(self, name, level):
        """The dotted name that a from-import means."""
        if level == 0:
            return name or ""
        parts = self.name.split(".")
        parts = parts[:len(parts) - level + (1 if self.is_package else 0)]
        return ".".join(parts + ([name] if name else []))

    def place(self, node):
        return f"{self.project.shown(self.path)}:{node.lineno}"

    def scope_of(self, function, parent):
        if function not in self._function_scopes:
            self._function_scopes[function] = Scope(self, function.body, parent, function)
        return self._function_scopes[function]

    def calls(self):
        """Each call in the file with the scope that it is in."""
        if self._calls is None:
            try:
                self._calls = list(self._calls_in(self.tree, self.scope)) if self.tree is not None else []
            except RecursionError:
                self._calls = []
        return self._calls

    def _calls_in(self, node, scope):
        for child in ast.iter_child_nodes(node):
            inner = scope
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                inner = self.scope_of(child, scope)
            if isinstance(child, ast.Call):
                yield child, scope
            yield from self._calls_in(child, inner)


class Project:
    """The files below a folder, as modules of the folders that imports start from."""

    def __init__(self, directory, roots):
        self.directory = directory
        self.roots = roots
        self.cut_short = ""
        self._modules = {}
        self._mentions = {}
        self._files = set()

    def shown(self, path):
        below = os.path.relpath(path, self.directory)
        return path if below.startswith("..") else below

    def module_at(self, path, root, name):
        if path in self._modules:
            return self._modules[path]
        if len(self._modules) >= MOST_PARSED or time.process_time() > LONGEST_SECONDS:
            self.cut_short = f"{len(self._modules)} Python files were read, the rest was not looked at"
            return None
        self._modules[path] = Module(self, path, root, name)
        return self._modules[path]

    def module_named(self, name):
        if not name or not all(part.isidentifier() for part in name.split(".")):
            return None
        for root in self.roots:
            stem = os.path.join(root, *name.split("."))
            for path in (stem + ".py", os.path.join(stem, "__init__.py")):
                if os.path.isfile(path):
                    return self.module_at(path, root, name)
        return None

    def split(self, dotted):
        """A module of the project and the name in it that a dotted name means; None, None for what is not the project's."""
        parts = dotted.split(".")
        for length in range(len(parts) - 1, 0, -1):
            module = self.module_named(".".join(parts[:length]))
            if module is not None:
                return module, ".".join(parts[length:])
        return None, None

    def parsed(self):
        return list(self._modules.values())

    def files_that_mention(self, *words):
        """Modules below the roots, at any depth, whose text has one of the words."""
        if words not in self._mentions:
            self._mentions[words] = list(self._search(words))
        return self._mentions[words]

    def _search(self, words):
        for root in self.roots:
            for folder, names, files in os.walk(root):
                depth = os.path.relpath(folder, root).count(os.sep)
                names[:] = sorted(name for name in names if depth < DEEPEST and not is_skipped(folder, name)
                                  and os.path.join(folder, name) not in self.roots)
                for file in sorted(files):
                    module = self._module_if_it_mentions(os.path.join(folder, file), root, words)
                    if module is not None:
                        yield module

    def _module_if_it_mentions(self, path, root, words):
        if not path.endswith(".py") or not self._may_read(path):
            return None
        try:
            with open(path, "rb") as file:
                text = file.read(LARGEST_FILE)
        except OSError:
            return None
        if not any(word in text for word in words):
            return None
        name = os.path.relpath(path, root)[:-len(".py")].replace(os.sep, ".")
        return self.module_at(path, root, name[:-len(".__init__")] if name.endswith(".__init__") else name)

    def _may_read(self, path):
        self._files.add(path)
        if len(self._files) > MOST_FILES or time.process_time() > LONGEST_SECONDS:
            self.cut_short = f"more than {MOST_FILES} Python files; the rest was not looked at"
            return False
        return True
