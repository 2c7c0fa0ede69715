// The request that a thread serves, for what has no other way to it: the log streams, the functions
// of the module `warp`, the events.
#pragma once

#include "python/python.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "python/gil.hpp"
#include "wire/request_head.hpp"
#include "worker/exchange.hpp"

namespace warp::python::wsgi {

inline constexpr const char* kNoRequest = "this thread serves no request";

// When the serving of a request began, as the events tell; only for those that are told.
struct Beginning {
  double at = 0;  // seconds since 1970
  double cpu_user = 0;
  double cpu_system = 0;
};

// One per request thread, for one request after the other.
class RequestContext final {
 public:
  // `thread_id`: the thread's number in the process, from 1.
  // Made on that thread.
  explicit RequestContext(std::uint32_t thread_id)
      : thread_id_(thread_id), ident_(PyThread_get_thread_ident()) {}
  RequestContext(const RequestContext&) = delete;
  RequestContext& operator=(const RequestContext&) = delete;

  // From here to the end of the scope current_request() of this thread is the context. No GIL is
  // needed.
  class Scope final {
   public:
    Scope(RequestContext& context, worker::Exchange& exchange);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
  };

  // Within a Scope, around all that Python does for the request: other threads see it as active.
  void begin(Gil& /*held*/) { is_active_ = true; }
  void end(Gil& gil);

  // Raises the exception in the context's thread while its request is active. Called by another
  // thread.
  [[nodiscard]] bool interrupt(Gil& gil, PyObject* exception);

  [[nodiscard]] bool is_active() const { return is_active_; }  // read with the GIL held
  [[nodiscard]] std::uint32_t thread_id() const { return thread_id_; }

  // Within a Scope:
  [[nodiscard]] const wire::RequestHead& head() const { return exchange_->head; }
  // As in warp.request_id of environ.
  [[nodiscard]] std::string_view id() const { return id_; }
  [[nodiscard]] worker::RequestLog& log() { return exchange_->log; }
  [[nodiscard]] const worker::Response& response() const { return exchange_->response; }

  // A new reference to what warp.request_data() gives, made when first asked for. Empty with an
  // exception, RuntimeError when the request is not active.
  [[nodiscard]] Ref data(Gil& gil);

  std::optional<Beginning> beginning;

 private:
  std::uint32_t thread_id_;
  worker::Exchange* exchange_ = nullptr;
  std::string_view id_;
  std::array<char, 16> id_digits_{};  // for an id that httpd has not made
  unsigned long ident_;               // Python's name of the thread
  bool is_active_ = false;            // with the GIL held
  bool is_interrupted_ = false;       // with the GIL held
  Ref data_;
};

// Of the calling thread; null outside a request.
[[nodiscard]] RequestContext* current_request();

// The contexts of all threads. Used with the GIL held.
class RequestContexts final {
 public:
  void add(Gil& gil, RequestContext& context);
  void remove(Gil& gil, RequestContext& context);
  // For each request that is being served its id and its data. Empty with an exception.
  [[nodiscard]] Ref active(Gil& gil) const;
  // Raises the exception in the thread that serves the request of this number. False when none
  // does.
  [[nodiscard]] bool interrupt(Gil& gil, std::uint64_t number, PyObject* exception) const;

 private:
  std::vector<RequestContext*> contexts_;
};

}  // namespace warp::python::wsgi
