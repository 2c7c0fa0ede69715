#include "python/wsgi/request_context.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "python/text.hpp"

namespace warp::python::wsgi {
namespace {

// One per thread, as the request is.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
thread_local RequestContext* current = nullptr;

std::string_view made_by_httpd(const wire::RequestHead& head) {
  constexpr std::string_view kName = "warp.request_id";
  // The last one counts, as in environ.
  for (auto pair = head.environ.rbegin(); pair != head.environ.rend(); ++pair)
    if (pair->name == kName) return pair->value;
  return {};
}

}  // namespace

RequestContext* current_request() { return current; }

RequestContext::Scope::Scope(RequestContext& context, worker::Exchange& exchange) {
  context.exchange_ = &exchange;
  context.beginning.reset();
  context.id_ = made_by_httpd(exchange.head);
  if (context.id_.empty()) {
    char* const digits = context.id_digits_.data();
    const auto end =
        std::to_chars(digits, digits + context.id_digits_.size(), exchange.head.request_id, 16);
    context.id_ = {digits, end.ptr};
  }
  current = &context;
}

RequestContext::Scope::~Scope() { current = nullptr; }

void RequestContext::end(Gil& /*held*/) {
  is_active_ = false;
  // An exception that no Python code has met must not meet the next request's.
  if (std::exchange(is_interrupted_, false)) PyThreadState_SetAsyncExc(ident_, nullptr);
  // May run Python code, which finds no active request here any more.
  data_.reset();
}

bool RequestContext::interrupt(Gil& /*held*/, PyObject* exception) {
  if (!is_active_) return false;
  is_interrupted_ = true;
  return PyThreadState_SetAsyncExc(ident_, exception) == 1;
}

Ref RequestContext::data(Gil& /*held*/) {
  if (!is_active_) {
    PyErr_SetString(PyExc_RuntimeError, kNoRequest);
    return {};
  }
  if (!data_) data_ = Ref::steal(PyDict_New());
  return data_;
}

void RequestContexts::add(Gil& /*held*/, RequestContext& context) { contexts_.push_back(&context); }

void RequestContexts::remove(Gil& /*held*/, RequestContext& context) {
  std::erase(contexts_, &context);
}

Ref RequestContexts::active(Gil& gil) const {
  Ref requests = Ref::steal(PyDict_New());
  if (!requests) return {};
  for (RequestContext* const context : contexts_) {
    if (!context->is_active()) continue;
    const Ref key = latin1_of(context->id());
    const Ref data = context->data(gil);
    if (!key || !data || PyDict_SetItem(requests.get(), key.get(), data.get()) != 0) return {};
  }
  return requests;
}

bool RequestContexts::interrupt(Gil& gil, std::uint64_t number, PyObject* exception) const {
  for (RequestContext* const context : contexts_)
    if (context->is_active() && context->head().request_id == number)
      return context->interrupt(gil, exception);
  return false;
}

}  // namespace warp::python::wsgi
