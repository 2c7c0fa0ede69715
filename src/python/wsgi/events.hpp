// What happens to requests and to the process, told to the callbacks that the application has given
// to warp.subscribe_events() and warp.subscribe_shutdown(). Their exceptions are logged and go no
// further.
#pragma once

#include "python/python.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "python/gil.hpp"
#include "python/wsgi/request_context.hpp"

namespace warp::python::wsgi {

// What is known of a request at its end.
struct RequestFigures {
  std::uint16_t status = 0;         // 0: the application has given none
  std::uint64_t input_length = 0;   // bytes of the body that the application has read
  std::uint64_t output_length = 0;  // bytes of the body that it has given
};

// One per process. A request whose start nobody was told of has no other events. Every function but
// are_watched() may run the application's callbacks, and is of use only while are_watched(): that
// is the whole cost of a request nobody looks at.
class Events final {
 public:
  // `module`: warp, whose Python code keeps and calls the callbacks. False with an exception.
  [[nodiscard]] bool prepare(Gil& gil, PyObject* module, const std::string& callable_name);

  [[nodiscard]] bool are_watched() const {
    return callbacks_ && PyList_GET_SIZE(callbacks_.get()) > 0;
  }

  // Before the call; gives what is to be called: `application`, or what a callback has put in its
  // place.
  [[nodiscard]] Ref request_started(Gil& gil, RequestContext& context, PyObject* environ,
                                    PyObject* application);
  // When start_response has accepted its arguments. `exc_info` may be null.
  void response_started(Gil& gil, PyObject* status, PyObject* headers, PyObject* exc_info);
  void request_exception(Gil& gil, RequestContext& context, PyObject* exception);
  // After close() of the iterable, before the request ends for RequestContext.
  void request_finished(Gil& gil, RequestContext& context, const RequestFigures& figures);

  // When the worker begins to drain: requests may still be served.
  void process_stopping(Gil& gil, std::string_view reason);
  // After the last request, before the atexit handlers.
  void shut_down(Gil& gil, std::string_view reason);

 private:
  // The payload with what the callbacks have put in; empty without an exception.
  Ref publish(Gil& gil, const Ref& callbacks, const char* name, const Ref& payload);
  void publish_stop(Gil& gil, const Ref& callbacks, std::string_view reason);

  Ref callbacks_;
  Ref shutdown_callbacks_;
  Ref publish_;
  Ref callable_name_;
};

}  // namespace warp::python::wsgi
