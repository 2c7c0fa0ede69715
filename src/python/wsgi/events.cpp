#include "python/wsgi/events.hpp"

#include <sys/resource.h>

#include <chrono>

#include "base/log.hpp"
#include "python/text.hpp"

namespace warp::python::wsgi {
namespace {

constexpr double kMicroseconds = 1e6;  // in a second

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

double seconds(std::uint64_t microseconds) {
  return static_cast<double>(microseconds) / kMicroseconds;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / kMicroseconds;
}

Beginning begin_now() {
  rusage usage{};
  ::getrusage(RUSAGE_THREAD, &usage);
  return {.at = now(), .cpu_user = seconds(usage.ru_utime), .cpu_system = seconds(usage.ru_stime)};
}

// A keyword of the callbacks' call.
bool set(const Ref& payload, const char* name, const Ref& value) {
  return payload && value && PyDict_SetItemString(payload.get(), name, value.get()) == 0;
}

Ref number(double value) { return Ref::steal(PyFloat_FromDouble(value)); }
Ref number(std::uint64_t value) { return Ref::steal(PyLong_FromUnsignedLongLong(value)); }

// What every event of a request has.
Ref payload_of(Gil& gil, RequestContext& context) {
  Ref payload = Ref::steal(PyDict_New());
  return set(payload, "request_id", latin1_of(context.id())) &&
                 set(payload, "thread_id", number(std::uint64_t{context.thread_id()})) &&
                 set(payload, "request_data", context.data(gil))
             ? std::move(payload)
             : Ref();
}

bool add_times(const Ref& payload, const RequestContext& context) {
  return set(payload, "request_start", number(seconds(context.head().arrived_us))) &&
         set(payload, "queue_start", number(seconds(context.head().sent_us))) &&
         set(payload, "application_start", number(context.beginning->at));
}

// Of the types of sys.exc_info().
Ref exception_info(PyObject* exception) {
  if (exception == nullptr) return Ref::none();
  const Ref trace = Ref::steal(PyException_GetTraceback(exception));
  return Ref::steal(PyTuple_Pack(3, reinterpret_cast<PyObject*>(Py_TYPE(exception)), exception,
                                 trace ? trace.get() : Py_None));
}

}  // namespace

bool Events::prepare(Gil& /*held*/, PyObject* module, const std::string& callable_name) {
  callbacks_ = Ref::steal(PyObject_GetAttrString(module, "_event_callbacks"));
  shutdown_callbacks_ = Ref::steal(PyObject_GetAttrString(module, "_shutdown_callbacks"));
  publish_ = Ref::steal(PyObject_GetAttrString(module, "_publish"));
  callable_name_ = text_of(callable_name);
  return callbacks_ && shutdown_callbacks_ && publish_ && callable_name_;
}

Ref Events::publish(Gil& /*held*/, const Ref& callbacks, const char* name, const Ref& payload) {
  Ref result;
  if (payload)
    result = Ref::steal(
        PyObject_CallFunction(publish_.get(), "OsO", callbacks.get(), name, payload.get()));
  if (result) return result;
  // The callbacks' exceptions do not come here: memory has run out.
  log_error("event not published", {{"event", name}});
  PyErr_Clear();
  return {};
}

Ref Events::request_started(Gil& gil, RequestContext& context, PyObject* environ,
                            PyObject* application) {
  context.beginning = begin_now();
  Ref payload = payload_of(gil, context);
  if (!add_times(payload, context) ||
      !set(payload, "application_object", Ref::borrow(application)) ||
      !set(payload, "callable_object", callable_name_) ||
      !set(payload, "request_environ", Ref::borrow(environ)))
    payload.reset();
  const Ref result = publish(gil, callbacks_, "request_started", payload);
  PyObject* const chosen =
      result ? PyDict_GetItemString(result.get(), "application_object") : nullptr;
  return Ref::borrow(chosen != nullptr ? chosen : application);
}

void Events::response_started(Gil& gil, PyObject* status, PyObject* headers, PyObject* exc_info) {
  RequestContext* const context = current_request();
  // The application may call start_response from another thread.
  if (context == nullptr || !context->beginning) return;
  Ref payload = payload_of(gil, *context);
  if (!set(payload, "response_status", Ref::borrow(status)) ||
      !set(payload, "response_headers", Ref::borrow(headers)) ||
      !set(payload, "exception_info", Ref::borrow(exc_info != nullptr ? exc_info : Py_None)))
    payload.reset();
  publish(gil, callbacks_, "response_started", payload);
}

void Events::request_exception(Gil& gil, RequestContext& context, PyObject* exception) {
  if (!context.beginning) return;
  Ref payload = payload_of(gil, context);
  if (!set(payload, "exception_info", exception_info(exception))) payload.reset();
  publish(gil, callbacks_, "request_exception", payload);
}

void Events::request_finished(Gil& gil, RequestContext& context, const RequestFigures& figures) {
  if (!context.beginning) return;
  const Beginning& begun = *context.beginning;
  const Beginning ended = begin_now();
  const double user = ended.cpu_user - begun.cpu_user;
  const double system = ended.cpu_system - begun.cpu_system;
  Ref payload = payload_of(gil, context);
  if (!add_times(payload, context) || !set(payload, "application_finish", number(ended.at)) ||
      !set(payload, "application_time", number(ended.at - begun.at)) ||
      !set(payload, "response_status", number(std::uint64_t{figures.status})) ||
      !set(payload, "input_length", number(figures.input_length)) ||
      !set(payload, "output_length", number(figures.output_length)) ||
      !set(payload, "cpu_user_time", number(user)) ||
      !set(payload, "cpu_system_time", number(system)) ||
      !set(payload, "cpu_total_time", number(user + system)))
    payload.reset();
  publish(gil, callbacks_, "request_finished", payload);
}

void Events::process_stopping(Gil& gil, std::string_view reason) {
  publish_stop(gil, callbacks_, reason);
}

void Events::shut_down(Gil& gil, std::string_view reason) {
  publish_stop(gil, shutdown_callbacks_, reason);
}

void Events::publish_stop(Gil& gil, const Ref& callbacks, std::string_view reason) {
  if (!callbacks || PyList_GET_SIZE(callbacks.get()) == 0) return;
  Ref payload = Ref::steal(PyDict_New());
  if (!set(payload, "shutdown_reason", text_of(reason))) payload.reset();
  publish(gil, callbacks, "process_stopping", payload);
}

}  // namespace warp::python::wsgi
