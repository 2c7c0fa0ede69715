"""What the warpdrive worker tells its application, and what the application can ask it to do.

The module exists in worker processes only. Where the project runs elsewhere too, import it in `try`, or look for
`warp.version` in environ.
"""
import logging
from . import metrics as metrics
from collections.abc import Iterator, Mapping
from typing import Any, Callable, Dict, Optional, Protocol, Tuple, TypeVar

__version__: str
"""As in `warpdrive --version`: "0.1.0"."""

version: Tuple[int, int, int]
"""The same as numbers."""

process_group: str
"""The name of the process group (WarpDaemonProcess) that the process belongs to."""

threads_per_process: int
"""How many requests the process serves at a time, at most."""

maximum_processes: int
"""How many processes the group has."""

active_requests: Mapping[str, Dict[str, Any]]
"""The requests that the process serves at the moment: request id to request data. A live view."""

_Callback = TypeVar("_Callback", bound=Callable[..., Any])

def request_id() -> Optional[str]:
    """The id of the request that this thread serves, as in `warp.request_id` of environ and in the error log. None
    outside a request, and in threads of the application's own."""

def request_data() -> Dict[str, Any]:
    """A dict of the request that this thread serves, for whatever the application wants to keep with it. Subscribers of
    events get the same dict, and so do formatters of LogHandler. RuntimeError outside a request."""

def is_client_connected() -> bool:
    """Whether somebody still waits for the response to the request that this thread serves: False once httpd has closed
    the request's channel, as it does when the client has gone or the request has exceeded its time. Costs one system call
    and does not wait. RuntimeError outside a request."""

def subscribe_events(callback: _Callback) -> _Callback:
    """Calls `callback(name, **payload)` at each event from now on, on the thread that serves the request. docs/python.md
    lists the events and their payloads. What a callback raises is logged. What it returns, if a dict, is put into the
    payload for the callbacks after it; for `request_started`, "application_object" is what will be called. Returns the
    callback: may be used as a decorator."""

def subscribe_shutdown(callback: _Callback) -> _Callback:
    """Calls `callback("process_stopping", shutdown_reason=...)` on the main thread after the process's last request,
    before Python waits for the application's threads and runs the atexit handlers. Returns the callback: may be used as a
    decorator."""

class LogHandler(logging.Handler):
    """Logs to the error log of the virtual host whose request the thread serves, else to the server's, at httpd's level
    of the same name. Formatters also find %(request_id)s and %(request_data)s."""

    def __init__(self, level: int = ...) -> None: ...
    def emit(self, record: logging.LogRecord) -> None: ...

class ClientDisconnected(ConnectionError):
    """The client, or httpd, has closed the connection: raised by wsgi.input and by write()."""

class RequestTimeout(BaseException):
    """Raised in the thread whose request exceeds request-timeout=, where the group has an interrupt-timeout=. Not an
    Exception, so that what handles those does not take it for an error of its own and goes on."""

class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...

class FileWrapper:
    """wsgi.file_wrapper of PEP 3333: an iterable over a file. A regular file is sent by httpd itself, from where it
    stands."""

    def __init__(self, filelike: _Readable, block_size: int = ..., /) -> None: ...
    def __iter__(self) -> Iterator[bytes]: ...
    def __next__(self) -> bytes: ...
    def close(self) -> None:
        """Closes the file."""
