"""What the warpdrive worker tells its application, and what the application can ask it to do."""
# Run in the module `warp`, in which C++ has put the constants, request_id(), request_data(), is_client_connected(), the types, and what begins
# with an underscore here without being defined: _active() and _log(level, text). Python 3.8 and later.
import logging as _logging
import traceback as _traceback
from collections.abc import Mapping as _Mapping

__all__ = [
    "ClientDisconnected", "FileWrapper", "LogHandler", "RequestTimeout", "active_requests", "is_client_connected",
    "maximum_processes", "metrics", "process_group", "request_data", "request_id", "subscribe_events", "subscribe_shutdown",
    "threads_per_process", "version",
]

_event_callbacks = []
_shutdown_callbacks = []


class _ActiveRequests(_Mapping):
    """The requests that the process serves at the moment: request id to request data."""

    def __getitem__(self, request):
        return _active()[request]

    def __iter__(self):
        return iter(_active())

    def __len__(self):
        return len(_active())

    def __repr__(self):
        return f"<active requests {_active()!r}>"


active_requests = _ActiveRequests()


def subscribe_events(callback):
    """Calls callback(name, **payload) at each event from now on. Returns the callback: may be used as a decorator."""
    return _subscribe(_event_callbacks, callback)


def subscribe_shutdown(callback):
    """Calls callback("process_stopping", shutdown_reason=...) after the process's last request and before the atexit
    handlers. Returns the callback: may be used as a decorator."""
    return _subscribe(_shutdown_callbacks, callback)


def _subscribe(callbacks, callback):
    if not callable(callback):
        raise TypeError(f"a callback is needed, not {type(callback).__name__}")
    callbacks.append(callback)
    return callback


def _publish(callbacks, name, payload):
    """Returns the payload with what the callbacks have put in, each for those after it."""
    for callback in tuple(callbacks):
        try:
            more = callback(name, **payload)
            if isinstance(more, dict):
                payload.update(more)
        except BaseException as error:
            trace = error.__traceback__.tb_next
            text = "".join(_traceback.format_exception(type(error), error, trace))
            _log(_logging.ERROR, f"exception in {_name_of(callback)}, called for {name}\n{text}")
    return payload


def _name_of(callback):
    kind = callback if hasattr(callback, "__qualname__") else type(callback)
    return f"{kind.__module__}.{kind.__qualname__}"


class LogHandler(_logging.Handler):
    """Logs to the error log of the virtual host whose request the thread serves, else to the server's, at httpd's level
    of the same name. Formatters also find %(request_id)s and %(request_data)s."""

    def emit(self, record):
        try:
            record.request_id = request_id()
            record.request_data = {} if record.request_id is None else request_data()
            _log(record.levelno, self.format(record))
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)


class _RootHandler(LogHandler):
    """For a root logger to which the application has given no handler. Some frameworks give handlers to loggers of
    theirs, and others configure logging later: what those write to the log is left out here."""

    def emit(self, record):
        if not self._is_written(record):
            super().emit(record)

    def _is_written(self, record):
        logger = _logging.root.manager.loggerDict.get(record.name, _logging.root)
        while isinstance(logger, _logging.Logger):
            if any(self._writes(handler, record) for handler in logger.handlers):
                return True
            logger = logger.parent
        return False

    def _writes(self, handler, record):
        if handler is self or record.levelno < handler.level:
            return False
        is_ours = isinstance(handler, LogHandler) or getattr(getattr(handler, "stream", None), "is_error_log", False)
        return bool(is_ours and handler.filter(record))


def _before_load():
    _logging.lastResort = LogHandler(_logging.WARNING)


def _after_load():
    if not _logging.root.handlers:
        _logging.root.addHandler(_RootHandler())
