#include "python/warp_module.hpp"

#include "python/metrics_module.hpp"
#include "python/object.hpp"
#include "python/sources.hpp"
#include "python/text.hpp"
#include "python/version.hpp"
#include "python/wsgi/log_record.hpp"

namespace warp::python {
namespace {

constexpr const char* kContexts = "warp.RequestContexts";

PyObject* request_id(PyObject* /*module*/, PyObject* /*none*/) {
  return at_python_boundary([](Gil& /*held*/) {
    const wsgi::RequestContext* const request = wsgi::current_request();
    return request != nullptr && request->is_active() ? latin1_of(request->id()) : Ref::none();
  });
}

PyObject* request_data(PyObject* /*module*/, PyObject* /*none*/) {
  return at_python_boundary([](Gil& gil) -> Ref {
    if (wsgi::RequestContext* const request = wsgi::current_request()) return request->data(gil);
    PyErr_SetString(PyExc_RuntimeError, wsgi::kNoRequest);
    return {};
  });
}

PyObject* is_client_connected(PyObject* /*module*/, PyObject* /*none*/) {
  return at_python_boundary([](Gil& /*held*/) -> Ref {
    const wsgi::RequestContext* const request = wsgi::current_request();
    if (request != nullptr && request->is_active())
      return Ref::borrow(request->response().is_awaited() ? Py_True : Py_False);
    PyErr_SetString(PyExc_RuntimeError, wsgi::kNoRequest);
    return {};
  });
}

PyObject* active(PyObject* contexts, PyObject* /*none*/) {
  return at_python_boundary([contexts](Gil& gil) -> Ref {
    const auto* const found =
        static_cast<const wsgi::RequestContexts*>(PyCapsule_GetPointer(contexts, kContexts));
    return found == nullptr ? Ref() : found->active(gil);
  });
}

// Of the levels of `logging`, which applications may add to.
LogLevel level_of(long number) {
  if (number >= 50) return LogLevel::kCritical;
  if (number >= 40) return LogLevel::kError;
  if (number >= 30) return LogLevel::kWarn;
  return number >= 20 ? LogLevel::kInfo : LogLevel::kDebug;
}

PyObject* log_text(PyObject* /*module*/, PyObject* arguments) {
  return at_python_boundary([arguments](Gil& gil) -> Ref {
    long level = 0;
    PyObject* text = nullptr;
    if (PyArg_ParseTuple(arguments, "lU:_log", &level, &text) == 0) return {};
    const auto utf8 = utf8_of(text);
    if (!utf8) return {};
    wsgi::log_record(gil, level_of(level), *utf8);
    return Ref::none();
  });
}

bool add_functions(PyObject* module) {
  static PyMethodDef functions[] = {
      {"request_id", request_id, METH_NOARGS,
       "request_id(): the id of the request that this thread serves, as in warp.request_id of "
       "environ and in the error log; None outside a request"},
      {"request_data", request_data, METH_NOARGS,
       "request_data(): a dict of the request that this thread serves, for whatever the "
       "application "
       "wants to keep with it; RuntimeError outside a request"},
      {"is_client_connected", is_client_connected, METH_NOARGS,
       "is_client_connected(): whether somebody still waits for the response to the request that "
       "this thread serves; RuntimeError outside a request"},
      {"_log", log_text, METH_VARARGS, "_log(level, text): one record of the error log"},
      {nullptr, nullptr, 0, nullptr}};
  return PyModule_AddFunctions(module, functions) == 0;
}

bool set(PyObject* module, const char* name, const Ref& value) {
  return value && PyObject_SetAttrString(module, name, value.get()) == 0;
}

bool set_constants(PyObject* module, const wire::GroupConfig& config) {
  return set(module, "__version__", text_of(kVersion)) && set(module, "version", version_tuple()) &&
         set(module, "process_group", text_of(config.name)) &&
         set(module, "threads_per_process", Ref::steal(PyLong_FromUnsignedLong(config.threads))) &&
         set(module, "maximum_processes", Ref::steal(PyLong_FromUnsignedLong(config.processes)));
}

Ref make_active(wsgi::RequestContexts& contexts) {
  static PyMethodDef definition = {"_active", active, METH_NOARGS, nullptr};
  const Ref capsule = Ref::steal(PyCapsule_New(&contexts, kContexts, nullptr));
  return capsule ? Ref::steal(PyCFunction_New(&definition, capsule.get())) : Ref();
}

}  // namespace

Ref make_warp_module(Gil& gil, const WarpModuleContents& contents) {
  Ref module = Ref::steal(PyModule_New("warp"));
  if (!module) return {};
  PyObject* const object = module.get();
  const bool is_complete =
      set_constants(object, contents.config) && add_functions(object) &&
      set(object, "metrics", make_metrics_module(gil, contents.series)) &&
      set(object, "_active", make_active(contents.contexts)) &&
      set(object, "ClientDisconnected", Ref::borrow(contents.client_disconnected)) &&
      set(object, "RequestTimeout", Ref::borrow(contents.request_timeout)) &&
      set(object, "FileWrapper", Ref::borrow(contents.file_wrapper)) &&
      run_source(kWarpModuleSource, PyModule_GetDict(object));
  return is_complete ? std::move(module) : Ref();
}

}  // namespace warp::python
