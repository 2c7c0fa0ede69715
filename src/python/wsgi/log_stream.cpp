#include "python/wsgi/log_stream.hpp"

#include <utility>

#include "python/object.hpp"
#include "python/text.hpp"
#include "python/wsgi/log_record.hpp"

namespace warp::python::wsgi {
namespace {

// A longer line is logged in pieces.
constexpr std::size_t kLongestUnfinished = std::size_t{32} << 10U;

}  // namespace

void LogStream::write(Gil& gil, std::string_view text) {
  const auto found = unfinished_.find(PyThread_get_thread_ident());
  const std::size_t end = text.rfind('\n');
  const std::size_t held = found == unfinished_.end() ? 0 : found->second.size();
  const bool is_tail_long =
      end == std::string_view::npos && held + text.size() > kLongestUnfinished;
  const std::size_t taken = is_tail_long ? text.size() : end + 1;  // 0 for npos
  std::string record;
  if (taken > 0 && found != unfinished_.end()) {
    record = std::move(found->second);
    // A thread that is gone leaves nothing behind.
    unfinished_.erase(found);
  }
  record += text.substr(0, taken);
  if (taken < text.size()) unfinished_[PyThread_get_thread_ident()] += text.substr(taken);
  if (taken > 0) log_record(gil, options_.level, record);
}

void LogStream::flush_own(Gil& gil) {
  const auto found = unfinished_.find(PyThread_get_thread_ident());
  if (found == unfinished_.end()) return;
  const std::string record = std::move(found->second);
  unfinished_.erase(found);
  log_record(gil, options_.level, record);
}

void LogStream::flush_all(Gil& gil) {
  for (const auto& [thread, line] : std::exchange(unfinished_, {}))
    log_record(gil, options_.level, line);
}

namespace {

Ref raise_arguments(const char* text) {
  PyErr_SetString(PyExc_TypeError, text);
  return {};
}

Ref write_bytes(Gil& gil, LogStream& stream, PyObject* given) {
  Py_buffer view;
  if (PyObject_GetBuffer(given, &view, PyBUF_SIMPLE) != 0) return {};
  const Py_ssize_t length = view.len;
  const std::string copy(static_cast<const char*>(view.buf), static_cast<std::size_t>(length));
  PyBuffer_Release(&view);
  stream.write(gil, copy);
  return Ref::steal(PyLong_FromSsize_t(length));
}

Ref write_text(Gil& gil, LogStream& stream, PyObject* given) {
  if (!PyUnicode_Check(given)) {
    PyErr_Format(PyExc_TypeError, "%s: write() takes a str, not %.200s",
                 stream.options().name.c_str(), Py_TYPE(given)->tp_name);
    return {};
  }
  const auto utf8 = utf8_of(given);
  if (!utf8) return {};
  stream.write(gil, *utf8);
  return Ref::steal(PyLong_FromSsize_t(text_length(given)));
}

Ref on_write(Gil& gil, LogStream& stream, Arguments arguments) {
  if (arguments.size() != 1) return raise_arguments("write() takes one argument");
  return stream.options().is_binary ? write_bytes(gil, stream, arguments[0])
                                    : write_text(gil, stream, arguments[0]);
}

Ref on_writelines(Gil& gil, LogStream& stream, Arguments arguments) {
  if (arguments.size() != 1) return raise_arguments("writelines() takes one argument");
  const Ref lines = Ref::steal(PyObject_GetIter(arguments[0]));
  if (!lines) return {};
  while (const Ref line = Ref::steal(PyIter_Next(lines.get()))) {
    PyObject* const text = line.get();
    if (!on_write(gil, stream, {&text, 1})) return {};
  }
  return PyErr_Occurred() != nullptr ? Ref() : Ref::none();
}

Ref on_flush(Gil& gil, LogStream& stream, Arguments /*none*/) {
  stream.flush(gil);
  return Ref::none();
}

Ref on_fileno(Gil& /*held*/, LogStream& stream, Arguments /*none*/) {
  if (stream.options().file_descriptor >= 0)
    return Ref::steal(PyLong_FromLong(stream.options().file_descriptor));
  const Ref io = Ref::steal(PyImport_ImportModule("io"));
  if (!io) return {};
  const Ref unsupported = Ref::steal(PyObject_GetAttrString(io.get(), "UnsupportedOperation"));
  if (unsupported)
    PyErr_Format(unsupported.get(), "%s is no file of its own", stream.options().name.c_str());
  return {};
}

Ref on_no(Gil& /*held*/, LogStream& /*stream*/, Arguments /*none*/) {
  return Ref::borrow(Py_False);
}
Ref on_yes(Gil& /*held*/, LogStream& /*stream*/, Arguments /*none*/) {
  return Ref::borrow(Py_True);
}

PyObject* on_reconfigure(PyObject* /*self*/, PyObject* /*arguments*/, PyObject* /*keywords*/) {
  Py_RETURN_NONE;
}

PyObject* get_text(PyObject* /*self*/, void* text) {
  return PyUnicode_FromString(static_cast<const char*>(text));
}
PyObject* get_name(PyObject* self, void* /*unused*/) {
  const std::string& name = state_of<LogStream>(self).options().name;
  return PyUnicode_DecodeUTF8(name.data(), static_cast<Py_ssize_t>(name.size()), nullptr);
}
PyObject* get_none(PyObject* /*self*/, void* /*unused*/) { Py_RETURN_NONE; }
PyObject* get_false(PyObject* /*self*/, void* /*unused*/) { Py_RETURN_FALSE; }
PyObject* get_true(PyObject* /*self*/, void* /*unused*/) { Py_RETURN_TRUE; }

PyObject* get_buffer(PyObject* self, void* /*unused*/) {
  return at_python_boundary([self](Gil& /*held*/) -> Ref {
    LogStream& stream = state_of<LogStream>(self);
    if (stream.options().is_binary) {
      PyErr_SetString(PyExc_AttributeError, "buffer");
      return {};
    }
    if (!stream.buffer) {
      LogStreamOptions options = stream.options();
      options.is_binary = true;
      stream.buffer =
          make_object<LogStream>(reinterpret_cast<PyObject*>(Py_TYPE(self)), std::move(options));
    }
    return stream.buffer;
  });
}

PyGetSetDef attribute(const char* name, getter get, const char* text = nullptr) {
  return {name, get, nullptr, nullptr, const_cast<char*>(text)};
}

}  // namespace

Ref make_log_stream_type() {
  static PyMethodDef methods[] = {
      method<LogStream, on_write>("write", "write(text): logs the lines that it completes"),
      method<LogStream, on_writelines>("writelines", "writelines(lines)"),
      method<LogStream, on_flush>("flush", "flush(): logs this thread's unfinished line"),
      method<LogStream, on_flush>("close", "close(): as flush(); the log stays open"),
      method<LogStream, on_fileno>("fileno", "fileno()"),
      method<LogStream, on_no>("isatty", "isatty(): False"),
      method<LogStream, on_no>("readable", "readable(): False"),
      method<LogStream, on_no>("seekable", "seekable(): False"),
      method<LogStream, on_yes>("writable", "writable(): True"),
      {"reconfigure", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(on_reconfigure)),
       METH_VARARGS | METH_KEYWORDS, "reconfigure(**options): does nothing; the log is UTF-8"},
      {nullptr, nullptr, 0, nullptr}};
  static PyGetSetDef attributes[] = {attribute("encoding", get_text, "utf-8"),
                                     attribute("errors", get_text, "backslashreplace"),
                                     attribute("mode", get_text, "w"),
                                     attribute("name", get_name),
                                     attribute("newlines", get_none),
                                     attribute("closed", get_false),
                                     attribute("line_buffering", get_true),
                                     // What wraps a stream of ours, as colorama does, usually
                                     // passes such questions on.
                                     attribute("is_error_log", get_true),
                                     attribute("buffer", get_buffer),
                                     {}};
  static PyType_Slot slots[] = {slot(Py_tp_new, refuse_new),
                                slot(Py_tp_dealloc, destroy_object<LogStream>),
                                {Py_tp_methods, methods},
                                {Py_tp_getset, attributes},
                                {0, nullptr}};
  static PyType_Spec spec = {"warp.LogStream", sizeof(Object<LogStream>), 0, Py_TPFLAGS_DEFAULT,
                             slots};
  return Ref::steal(PyType_FromSpec(&spec));
}

}  // namespace warp::python::wsgi
