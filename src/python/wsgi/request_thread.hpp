// One thread's work on a request: calls the application, passes its iterable on, always ends with a
// response that is whole or known to be broken.
#pragma once

#include "python/python.hpp"

#include <memory>

#include "python/gil.hpp"
#include "python/wsgi/application.hpp"
#include "python/wsgi/lease.hpp"
#include "python/wsgi/output.hpp"
#include "worker/application.hpp"

namespace warp::python::wsgi {

class RequestThread final : public worker::ApplicationThread {
 public:
  // On the thread that uses it, without the GIL.
  explicit RequestThread(Application& application);
  ~RequestThread() override;
  RequestThread(const RequestThread&) = delete;
  RequestThread& operator=(const RequestThread&) = delete;

  void serve(worker::Exchange& exchange) override;

 private:
  // The Python objects that a request is served with; made anew when the application has kept one.
  struct Objects {
    Ref input;
    Ref responder;
    Ref start_response;
  };

  [[nodiscard]] bool make_objects();
  [[nodiscard]] bool are_objects_ours() const;

  void run(Gil& gil, worker::Exchange& exchange);
  [[nodiscard]] bool answer(Gil& gil, const wire::RequestHead& head);
  [[nodiscard]] bool send_sequence(Gil& gil, PyObject* body);
  [[nodiscard]] bool send_items(Gil& gil, PyObject* body);
  [[nodiscard]] bool send_iterable(Gil& gil, PyObject* body);
  // False with an exception when start_response has not been called.
  [[nodiscard]] bool expect_head() const;
  // After a send: false when the rest of the body is of no use.
  [[nodiscard]] bool may_go_on(const Result<>& sent);
  [[nodiscard]] bool is_input_broken() const;
  void close(Gil& gil, PyObject* body, const wire::RequestHead& head);
  // Logs the pending exception.
  void report(Gil& gil, const char* event, const wire::RequestHead& head);

  Application& application_;
  PyThreadState* state_;
  // Shared with the objects, which may outlive this thread in the application's hands.
  std::shared_ptr<Lease> lease_ = std::make_shared<Lease>();
  Output output_;
  Objects objects_;
};

}  // namespace warp::python::wsgi
