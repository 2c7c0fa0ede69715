#include "python/wsgi/request_thread.hpp"

#include <string_view>

#include "base/log.hpp"
#include "python/log_text.hpp"
#include "python/object.hpp"
#include "python/wsgi/exceptions.hpp"
#include "python/wsgi/input.hpp"
#include "python/wsgi/start_response.hpp"

namespace warp::python::wsgi {
namespace {

// A body up to here is copied, so that it can be sent after the GIL was given back for good.
constexpr std::size_t kMostKept = std::size_t{64} << 10U;

constexpr std::uint8_t code_of(std::string_view name) {
  for (std::size_t code = 1; code < wire::kEnvironKeys.size(); ++code)
    if (wire::kEnvironKeys[code] == name) return static_cast<std::uint8_t>(code);
  return 0;
}

std::string_view bytes_of(PyObject* bytes) {
  return {PyBytes_AS_STRING(bytes), static_cast<std::size_t>(PyBytes_GET_SIZE(bytes))};
}

bool check_item(PyObject* item) {
  if (PyBytes_Check(item)) return true;
  PyErr_Format(PyExc_TypeError, "the application's iterable must give bytes, not %.200s%s",
               Py_TYPE(item)->tp_name,
               PyLong_Check(item) ? " (return [body], not body itself)" : "");
  return false;
}

// An exact list or tuple: its length is known, and it has no close().
bool is_plain_sequence(PyObject* body) {
  return PyList_CheckExact(body) || PyTuple_CheckExact(body);
}

}  // namespace

RequestThread::RequestThread(Application& application)
    : application_(application), state_(PyThreadState_New(PyInterpreterState_Main())) {}

RequestThread::~RequestThread() {
  PyEval_RestoreThread(state_);
  objects_ = {};
  PyThreadState_Clear(state_);
  PyThreadState_DeleteCurrent();
}

void RequestThread::serve(worker::Exchange& exchange) {
  {
    Gil gil(state_);
    run(gil, exchange);
  }
  output_.complete();
}

bool RequestThread::make_objects() {
  const Ref disconnected = Ref::borrow(application_.client_disconnected());
  objects_.input = make_object<Input>(application_.input_type(), lease_, disconnected);
  objects_.responder = make_object<Responder>(application_.responder_type(),
                                              Responder{lease_, &output_, disconnected});
  if (objects_.responder) objects_.start_response = make_start_response(objects_.responder.get());
  return objects_.input && objects_.start_response;
}

bool RequestThread::are_objects_ours() const {
  // The responder is held by us and by start_response; by write(), if the application has kept it.
  return Py_REFCNT(objects_.input.get()) == 1 && Py_REFCNT(objects_.start_response.get()) == 1 &&
         Py_REFCNT(objects_.responder.get()) == 2;
}

void RequestThread::run(Gil& gil, worker::Exchange& exchange) {
  const wire::RequestHead& head = exchange.head;
  const bool is_head = environ_value(head, code_of("REQUEST_METHOD")) == "HEAD";
  output_.begin(exchange.response, is_head ? Output::Method::kHead : Output::Method::kOther);
  if (!objects_.start_response && !make_objects()) {
    report(gil, "request not served", head);
    objects_ = {};
    return output_.give_up();
  }
  Input& input = state_of<Input>(objects_.input.get());
  input.begin(exchange.body, head);
  lease_->begin(gil);
  if (!answer(gil, head)) {
    report(gil, "exception in the application", head);
    output_.give_up();
  }
  lease_->end(gil);
  input.end();
  application_.end_lines(gil);
  if (!are_objects_ours()) {
    lease_ = std::make_shared<Lease>();
    objects_ = {};
  }
}

bool RequestThread::answer(Gil& gil, const wire::RequestHead& head) {
  const Ref environ = application_.environ().make(gil, head, objects_.input.get());
  if (!environ) return false;
  const Ref body = call(application_.callable(), environ.get(), objects_.start_response.get());
  if (!body) return false;
  if (is_plain_sequence(body.get())) return send_sequence(gil, body.get());
  if (!send_iterable(gil, body.get())) {
    report(gil, "exception in the application", head);
    output_.give_up();
  }
  close(gil, body.get(), head);
  return true;
}

bool RequestThread::expect_head() const {
  if (output_.has_head()) return true;
  PyErr_SetString(PyExc_AssertionError, "the application has not called start_response");
  return false;
}

bool RequestThread::may_go_on(const Result<>& sent) {
  if (sent) return !output_.is_ended() && !output_.is_overfull();
  if (output_.is_client_gone()) {
    log_debug("response not sent", {{"reason", describe(sent.error())}});
  } else {
    log_error("response head refused", {{"reason", describe(sent.error())}});
    output_.give_up();
  }
  return false;
}

bool RequestThread::send_sequence(Gil& gil, PyObject* body) {
  std::uint64_t total = 0;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(body); ++i) {
    PyObject* const item = PySequence_Fast_GET_ITEM(body, i);
    if (!check_item(item)) return false;
    total += bytes_of(item).size();
  }
  if (!expect_head()) return false;
  const Turn turn(gil, *lease_);
  output_.know_length(total);
  if (total > kMostKept) return send_items(gil, body);
  output_.keep_last({});
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(body); ++i)
    output_.keep_last_also(bytes_of(PySequence_Fast_GET_ITEM(body, i)));
  return true;
}

// The list may change while the GIL is free, so nothing about it is remembered.
bool RequestThread::send_items(Gil& gil, PyObject* body) {
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(body); ++i) {
    const Ref item = Ref::borrow(PySequence_Fast_GET_ITEM(body, i));
    if (!check_item(item.get())) return false;
    const bool is_last = i + 1 == PySequence_Fast_GET_SIZE(body);
    const Result<> sent = is_last ? output_.send_last(gil, bytes_of(item.get()))
                                  : output_.send(gil, bytes_of(item.get()));
    if (!may_go_on(sent)) break;
  }
  return true;
}

bool RequestThread::send_iterable(Gil& gil, PyObject* body) {
  if (Py_TYPE(body)->tp_iter == nullptr && PySequence_Check(body) == 0) {
    PyErr_Format(PyExc_TypeError, "the application must return an iterable of bytes, not %.200s",
                 Py_TYPE(body)->tp_name);
    return false;
  }
  const Ref iterator = Ref::steal(PyObject_GetIter(body));
  if (!iterator) return false;
  while (const Ref item = Ref::steal(PyIter_Next(iterator.get()))) {
    if (!check_item(item.get())) return false;
    if (PyBytes_GET_SIZE(item.get()) == 0) continue;
    if (!expect_head()) return false;
    const Turn turn(gil, *lease_);
    if (!may_go_on(output_.send(gil, bytes_of(item.get())))) break;
  }
  if (PyErr_Occurred() != nullptr || !expect_head()) return false;
  if (output_.is_ended() || output_.is_client_gone()) return true;
  const Turn turn(gil, *lease_);
  // close() does nothing on a generator that has ended: nobody waits for it.
  if (PyGen_CheckExact(body) && !output_.is_overfull())
    output_.keep_last({});
  else
    (void)may_go_on(output_.send_last(gil, {}));
  return true;
}

void RequestThread::close(Gil& gil, PyObject* body, const wire::RequestHead& head) {
  const Ref close = Ref::steal(PyObject_GetAttrString(body, "close"));
  if (!close && PyErr_ExceptionMatches(PyExc_AttributeError) != 0) return PyErr_Clear();
  const Ref result = close ? Ref::steal(PyObject_CallObject(close.get(), nullptr)) : Ref();
  if (!result) report(gil, "exception in close() of the application's iterable", head);
}

void RequestThread::report(Gil& gil, const char* event, const wire::RequestHead& head) {
  const Ref exception = take_exception();
  const std::string method(environ_value(head, code_of("REQUEST_METHOD")));
  const std::string uri(environ_value(head, code_of("REQUEST_URI")));
  const bool is_clients =
      output_.is_client_gone() || is_input_broken() ||
      PyObject_IsInstance(exception.get(), application_.client_disconnected()) == 1;
  if (is_clients) {
    log_debug("client gone during the request",
              {{"method", method}, {"uri", uri}, {"exception", Py_TYPE(exception.get())->tp_name}});
    return;
  }
  const std::string text = application_.bootstrap().describe(gil, exception.get());
  GilRelease wait(gil);
  log_error(event, {{"method", method}, {"uri", uri}});
  log_text(LogLevel::kError, text);
}

bool RequestThread::is_input_broken() const {
  return objects_.input && state_of<Input>(objects_.input.get()).is_broken();
}

}  // namespace warp::python::wsgi
