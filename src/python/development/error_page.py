"""What a developer gets in place of a response that failed: the traceback with the source around each frame, and the request.

Compiled into the program; run only where error-page=development asks for it. Everything in it may come from a client or be
huge, so all is escaped and bounded, and names that promise a secret are shown without their value. Python 3.8 and later.
"""
import html
import linecache
import os
import re
import sys
import traceback

MOST_EXCEPTIONS = 8  # of a chain
MOST_FRAMES = 60  # of all of them together
OUTER_FRAMES = 10  # kept of a long traceback, beside the innermost
AROUND = 4  # lines of source before and after
MOST_OF_LINE = 240  # characters
MOST_OF_MESSAGE = 4000
MOST_OF_VALUE = 400
MOST_SEARCHED = 2000  # of a value, for secrets in it
MOST_VARIABLES = 200
MOST_OF_TEXT = 60_000

HIDDEN = "(hidden)"
_SECRET = "secret|token|passw|passphrase|key|cookie|authorization|credential|dsn|database_url|session"
_SECRET_NAME = re.compile(_SECRET, re.IGNORECASE)
_SECRET_ARGUMENT = re.compile(rf"([\w.%\[\]-]{{0,40}}(?:{_SECRET})[\w.%\[\]-]{{0,40}}=)[^&;#\s]*", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(://[^/@:\s]*:)[^/\s]*@")
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FOREIGN_FOLDERS = tuple({os.path.dirname(os.__file__) + os.sep, os.sep + "site-packages" + os.sep,
                          os.sep + "dist-packages" + os.sep})

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --bad: #b3261e; --mark: #ffd54f55; --soft: #8882; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --mark: #ffd54f33; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; color: var(--bad); overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; border-bottom: 1px solid var(--line); }
p { margin: .4rem 0; }
pre, code, td, summary { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { margin: .4rem 0; padding: .6rem .8rem; overflow-x: auto; background: var(--soft); border-radius: 4px; }
pre.message { font-size: 15px; white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin: .4rem 0; border: 1px solid var(--line); border-radius: 4px; }
details > pre { margin: 0; border-radius: 0 0 4px 4px; padding-left: 0; }
summary { padding: .3rem .6rem; cursor: pointer; overflow-wrap: anywhere; }
.line { display: block; padding-left: .8rem; }
.here { background: var(--mark); font-weight: bold; }
.number { display: inline-block; width: 4em; opacity: .6; user-select: none; }
table { border-collapse: collapse; width: 100%; }
td { padding: .15rem .6rem; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td:first-child { width: 16rem; opacity: .8; }
.soft { opacity: .75; }
""".strip()


def html_page(error, environ, event):
    """As bytes of UTF-8."""
    name = _name_of(error)
    parts = ['<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8" />\n'
             '<meta name="viewport" content="width=device-width" />\n'
             f"<title>{_escaped(name)} {_escaped(_target_of(environ))}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n",
             f'<p class="soft">{_escaped(event)}</p>\n<h1>{_escaped(name)}</h1>\n']
    message = _message_of(error)
    if message:
        parts.append(f'<pre class="message">{_escaped(message)}</pre>\n')
    parts.append(f'<p class="soft">{_escaped(_circumstances(environ))}</p>\n')
    parts += _chain_in_html(error)
    if environ is not None:
        rows = "".join(f"<tr><td>{_escaped(name)}</td><td>{_escaped(value)}</td></tr>\n" for name, value in _variables(environ))
        parts.append(f"<h2>Request</h2>\n<table>\n{rows}</table>\n")
    parts.append(f"<h2>As text</h2>\n<details><summary>Traceback</summary><pre>{_escaped(_traceback_text(error))}</pre></details>\n")
    parts.append('<p class="soft">warpdrive shows this page because error-page=development is set (by --debug-mode for '
                 "instance). Set it nowhere that others can reach.</p>\n</body>\n</html>\n")
    return _encoded("".join(parts))


def text_page(error, environ, event):
    """The same for clients that do not ask for HTML."""
    lines = [event, _circumstances(environ), "", _traceback_text(error)]
    if environ is not None:
        lines += ["", "Request:"] + [f"  {name} = {value}" for name, value in _variables(environ)]
    return _encoded(_printable("\n".join(lines)) + "\n")


def _encoded(text):
    return text.encode("utf-8", "backslashreplace")


def _printable(text):
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def _escaped(text):
    return html.escape(_printable(text))


def _shortened(text, most):
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most} more characters)"


def _name_of(error):
    kind = type(error)
    return kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"


def _message_of(error):
    try:
        return _shortened(str(error), MOST_OF_MESSAGE)
    except Exception:
        return "(its text can't be made)"


def _native(text):
    """A WSGI string, whose characters are bytes, as what the bytes mean."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _target_of(environ):
    if environ is None:
        return ""
    target = _native(str(environ.get("SCRIPT_NAME", "")) + str(environ.get("PATH_INFO", "")))
    return _shortened(f"{environ.get('REQUEST_METHOD', '')} {target}", MOST_OF_VALUE)


def _circumstances(environ):
    place = f"Python {sys.version.split()[0]}, process {os.getpid()}"
    if environ is None:
        return f"{place}. Once a file of the traceback is mended, the application is imported anew."
    return f"{_target_of(environ)}, request {environ.get('warp.request_id', '')}, {place}"


# The exceptions, and their frames.


def _chain(error):
    """Pairs of an exception and what leads to it from the one before it, the last one raised first."""
    seen, reason = set(), ""
    while error is not None and id(error) not in seen and len(seen) < MOST_EXCEPTIONS:
        seen.add(id(error))
        yield error, reason
        if error.__cause__ is not None:
            error, reason = error.__cause__, "The cause of that"
        else:
            error, reason = (None if error.__suppress_context__ else error.__context__), "Raised while this was handled"


def _chain_in_html(error):
    left = MOST_FRAMES
    for each, reason in _chain(error):
        if reason:
            yield (f"<h2>{reason}: {_escaped(_name_of(each))}</h2>\n"
                   f'<pre class="message">{_escaped(_message_of(each))}</pre>\n')
        frames = _frames(each)
        if frames and not reason:
            yield "<h2>Traceback, innermost call first</h2>\n"
        kept = frames if len(frames) <= left else _ends(frames, left)
        left -= len(kept)
        for frame in reversed(kept):
            yield _frame_in_html(frame) if frame else '<p class="soft">… calls that are not shown …</p>\n'


def _ends(frames, most):
    outer = min(OUTER_FRAMES, most // 2)
    return frames[:outer] + [None] + frames[len(frames) - (most - outer):] if most > 0 else [None]


def _frames(error):
    """Triples of file, line and function, the outermost call first; without our own frames and the import system's."""
    frames = []
    try:
        for frame, line in traceback.walk_tb(error.__traceback__):
            file = frame.f_code.co_filename
            if file == __file__ or file.startswith("<frozen ") or frame.f_globals.get("__name__") == "importlib":
                continue
            frames.append((file, line or 0, getattr(frame.f_code, "co_qualname", frame.f_code.co_name)))
    except Exception:  # a traceback that another one has been put in place of
        pass
    if isinstance(error, SyntaxError) and isinstance(error.filename, str) and isinstance(error.lineno, int):
        frames.append((error.filename, error.lineno, "here the syntax is wrong"))
    return frames


def _frame_in_html(frame):
    file, line, function = frame
    is_foreign = any(folder in file for folder in _FOREIGN_FOLDERS)
    summary = f"{_escaped(_shortened(file, MOST_OF_VALUE))}:{line} <b>{_escaped(_shortened(function, MOST_OF_VALUE))}</b>"
    source = "".join(f'<span class="line{" here" if number == line else ""}"><span class="number">{number}</span>'
                     f"{_escaped(text)}</span>" for number, text in _source_around(file, line))
    is_open = "" if is_foreign or not source else ' open="open"'
    return f"<details{is_open}><summary>{summary}</summary><pre>{source or 'no source'}</pre></details>\n"


def _source_around(file, line):
    linecache.checkcache(file)
    lines = linecache.getlines(file)
    first = max(line - AROUND, 1)
    return [(number, _shortened(text.rstrip("\n\r\f"), MOST_OF_LINE))
            for number, text in enumerate(lines[first - 1:line + AROUND], first)]


def _traceback_text(error):
    try:
        text = "".join(traceback.format_exception(type(error), error, _without_us(error.__traceback__))).rstrip("\n")
    except Exception:
        text = f"{_name_of(error)} (its traceback can't be formatted)"
    half = MOST_OF_TEXT // 2
    return text if len(text) <= MOST_OF_TEXT else f"{text[:half]}\n…\n{text[-half:]}"


def _without_us(trace):
    while trace is not None and (trace.tb_frame.f_code.co_filename == __file__
                                 or trace.tb_frame.f_code.co_filename.startswith("<frozen importlib")):
        trace = trace.tb_next
    return trace


# The request.


def _variables(environ):
    names = sorted((name for name in list(environ) if isinstance(name, str)), key=lambda name: (name[0:1].islower(), name))
    shown = [(_shortened(name, MOST_OF_VALUE), _value_of(name, environ.get(name))) for name in names[:MOST_VARIABLES]]
    if len(names) > MOST_VARIABLES:
        shown.append(("…", f"{len(names) - MOST_VARIABLES} more"))
    return shown


def _value_of(name, value):
    if _SECRET_NAME.search(name):
        return HIDDEN
    if isinstance(value, str):
        # Masked before it is cut, so that no secret is left by the cut. The runs round a name are bounded, or the search would take for ever.
        value = _URL_PASSWORD.sub(rf"\1{HIDDEN}@", _native(value[:MOST_SEARCHED]))
        return _shortened(_SECRET_ARGUMENT.sub(rf"\1{HIDDEN}", value), MOST_OF_VALUE)
    if value is None or type(value) in (bool, float) or _is_small(value) or (type(value) is tuple and all(map(_is_small, value))):
        return repr(value)
    # Whatever it is, it is not asked: its own repr() may show anything, or fail.
    return f"<{type(value).__module__}.{type(value).__qualname__}>"


def _is_small(value):
    return type(value) is int and value.bit_length() < 64
