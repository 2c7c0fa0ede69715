#include "python/wsgi/request_thread.hpp"

#include <chrono>
#include <new>
#include <string_view>

#include "base/log.hpp"
#include "base/strings.hpp"
#include "python/object.hpp"
#include "python/wsgi/body_sender.hpp"
#include "python/wsgi/early_hints.hpp"
#include "python/wsgi/exceptions.hpp"
#include "python/wsgi/input.hpp"
#include "python/wsgi/log_record.hpp"
#include "python/wsgi/start_response.hpp"

namespace warp::python::wsgi {
namespace {

// Without the query, which may carry secrets.
std::string request_line(const wire::RequestHead& head) {
  const std::string_view uri = environ_value(head, code_of("REQUEST_URI"));
  return " method=" + printable(environ_value(head, code_of("REQUEST_METHOD"))) +
         " uri=" + printable(uri.substr(0, uri.find('?')));
}

Output::Method method_of(const wire::RequestHead& head) {
  return environ_value(head, code_of("REQUEST_METHOD")) == "HEAD" ? Output::Method::kHead
                                                                  : Output::Method::kOther;
}

// RFC 9110 15.2: a client of HTTP/1.0 knows no interim responses.
Output::Hints hints_of(const wire::RequestHead& head) {
  return environ_value(head, code_of("SERVER_PROTOCOL")) >= "HTTP/1.1" ? Output::Hints::kSent
                                                                       : Output::Hints::kDropped;
}

}  // namespace

RequestThread::RequestThread(Application& application, std::uint32_t thread_id)
    : application_(application),
      context_(thread_id),
      state_(PyThreadState_New(PyInterpreterState_Main())),
      output_(application.sendfile_roots()),
      environ_(application.environ()) {
  Gil gil(state_);
  application_.contexts().add(gil, context_);
}

RequestThread::~RequestThread() {
  PyEval_RestoreThread(state_);
  Gil gil = Gil::in_callback();
  application_.contexts().remove(gil, context_);
  objects_ = {};
  environ_.reset(gil);
  PyThreadState_Clear(state_);
  PyThreadState_DeleteCurrent();
}

void RequestThread::serve(worker::Exchange& exchange) {
  const RequestContext::Scope scope(context_, exchange);
  {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point asked = Clock::now();
    Gil gil(state_);
    exchange.response.interpreter_taken(Clock::now() - asked);
    run(gil, exchange);
  }
  output_.complete();
}

bool RequestThread::make_objects(Gil& gil) {
  input_lease_ = std::make_shared<Lease>();
  output_lease_ = std::make_shared<Lease>();
  const Ref disconnected = Ref::borrow(application_.client_disconnected());
  objects_.input = make_object<Input>(application_.input_type(), input_lease_, disconnected);
  objects_.responder = make_object<Responder>(application_.responder_type(),
                                              Responder{.lease = output_lease_,
                                                        .output = &output_,
                                                        .events = &application_.events(),
                                                        .client_disconnected = disconnected});
  if (!objects_.input || !objects_.responder) return false;
  objects_.start_response = make_start_response(objects_.responder.get());
  objects_.early_hints = make_early_hints(objects_.responder.get());
  return objects_.start_response && objects_.early_hints &&
         environ_.use(gil, {.input = objects_.input.get(),
                            .early_hints = objects_.early_hints.get(),
                            .thread_id = context_.thread_id()});
}

bool RequestThread::are_objects_ours() const {
  // Besides us: environ_ holds two of them; start_response, early_hints and, if the application has
  // kept it, write() hold the responder.
  return Py_REFCNT(objects_.input.get()) == 2 && Py_REFCNT(objects_.early_hints.get()) == 2 &&
         Py_REFCNT(objects_.start_response.get()) == 1 && Py_REFCNT(objects_.responder.get()) == 3;
}

void RequestThread::run(Gil& gil, worker::Exchange& exchange) {
  const wire::RequestHead& head = exchange.head;
  output_.begin(exchange.response, method_of(head), hints_of(head));
  if (!objects_.start_response && !make_objects(gil)) {
    report(gil, "request not served", head, take_exception().get());
    objects_ = {};
    return output_.give_up();
  }
  state_of<Input>(objects_.input.get()).begin(exchange.body, head);
  input_lease_->begin(gil);
  output_lease_->begin(gil);
  context_.begin(gil);
  answer(gil, exchange);
  end_leases(gil);
  if (application_.events().are_watched())
    application_.events().request_finished(gil, context_, figures());
  context_.end(gil);
  application_.end_lines(gil);
  if (!are_objects_ours()) objects_ = {};
}

void RequestThread::end_leases(Gil& gil) {
  output_lease_->end(gil);
  if (input_lease_->is_taken(gil)) {
    // A thread of the application waits for the request's body. It stops when the child, at the
    // response's end, closes the channel.
    GilRelease wait(gil);
    output_.complete();
  }
  input_lease_->end(gil);
  state_of<Input>(objects_.input.get()).end();
}

void RequestThread::answer(Gil& gil, worker::Exchange& exchange) {
  const wire::RequestHead& head = exchange.head;
  const Ref environ = environ_.make(gil, head);
  if (!environ) return give_up(gil, head, nullptr);
  exchange.response.application_called();
  Events& events = application_.events();
  const Ref callable = events.are_watched() ? events.request_started(gil, context_, environ.get(),
                                                                     application_.callable())
                                            : Ref::borrow(application_.callable());
  const Ref body = call(callable.get(), environ.get(), objects_.start_response.get());
  if (!body) return give_up(gil, head, environ.get());
  if (!send(gil, body.get())) give_up(gil, head, environ.get());
  close(gil, body.get(), head);
}

bool RequestThread::send(Gil& gil, PyObject* body) {
  try {
    return BodySender(application_, output_, *output_lease_).send(gil, body);
  } catch (const std::bad_alloc&) {
    // The body has to be closed all the same.
    PyErr_NoMemory();
    return false;
  }
}

void RequestThread::close(Gil& gil, PyObject* body, const wire::RequestHead& head) {
  if (PyList_CheckExact(body) || PyTuple_CheckExact(body)) return;
  const auto close = optional_attribute(body, application_.close_name());
  if (close && !*close) return;
  if (!close || !Ref::steal(PyObject_CallObject(close->get(), nullptr)))
    report(gil, "exception in close() of the application's iterable", head, take_exception().get());
}

void RequestThread::give_up(Gil& gil, const wire::RequestHead& head, PyObject* environ) {
  constexpr auto kEvent = "exception in the application";
  const Ref exception = take_exception();
  report(gil, kEvent, head, exception.get());
  const bool is_timeout =
      PyErr_GivenExceptionMatches(exception.get(), application_.request_timeout()) != 0;
  const auto failure = is_timeout ? worker::Failure::kTimeout : worker::Failure::kError;
  output_.give_up(failure);
  if (is_clients(exception.get())) return;
  application_.instruments().look_at(gil, exception.get());
  if (output_.is_head_sent()) return;
  const auto form = page_form_for(environ_value(head, code_of("HTTP_ACCEPT")));
  auto page = application_.error_pages().make(
      gil, form, {.exception = exception.get(), .environ = environ, .event = kEvent});
  if (page) output_.give_up(failure, form, *std::move(page));
}

void RequestThread::report(Gil& gil, const char* event, const wire::RequestHead& head,
                           PyObject* exception) {
  Events& events = application_.events();
  if (events.are_watched()) events.request_exception(gil, context_, exception);
  if (is_clients(exception)) {
    const std::string name = Py_TYPE(exception)->tp_name;
    log_record(gil, LogLevel::kDebug,
               "client gone during the request" + request_line(head) + ": " + name);
    return;
  }
  const std::string text = application_.bootstrap().describe(gil, exception);
  log_record(gil, LogLevel::kError, event + request_line(head) + "\n" + text);
}

bool RequestThread::is_clients(PyObject* exception) const {
  return output_.is_client_gone() || is_input_broken() ||
         PyErr_GivenExceptionMatches(exception, application_.client_disconnected()) != 0;
}

RequestFigures RequestThread::figures() const {
  return {.status = output_.status(),
          .input_length = state_of<Input>(objects_.input.get()).received(),
          .output_length = output_.length()};
}

bool RequestThread::is_input_broken() const {
  return objects_.input && state_of<Input>(objects_.input.get()).is_broken();
}

}  // namespace warp::python::wsgi
