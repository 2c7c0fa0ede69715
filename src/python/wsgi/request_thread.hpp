// One thread's work on a request: calls the application, passes its iterable on, always ends with a
// response that is whole or known to be broken.
#pragma once

#include "python/python.hpp"

#include <cstdint>
#include <memory>

#include "python/gil.hpp"
#include "python/wsgi/application.hpp"
#include "python/wsgi/lease.hpp"
#include "python/wsgi/output.hpp"
#include "python/wsgi/request_context.hpp"
#include "worker/application.hpp"

namespace warp::python::wsgi {

class RequestThread final : public worker::ApplicationThread {
 public:
  // On the thread that uses it, without the GIL.
  RequestThread(Application& application, std::uint32_t thread_id);
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
    Ref early_hints;
  };

  [[nodiscard]] bool make_objects(Gil& gil);
  [[nodiscard]] bool are_objects_ours() const;

  void run(Gil& gil, worker::Exchange& exchange);
  void answer(Gil& gil, worker::Exchange& exchange);
  // False with an exception.
  [[nodiscard]] bool send(Gil& gil, PyObject* body);
  void end_leases(Gil& gil);
  [[nodiscard]] bool is_input_broken() const;
  [[nodiscard]] RequestFigures figures() const;
  void close(Gil& gil, PyObject* body, const wire::RequestHead& head);
  // `environ` may be null.
  void give_up(Gil& gil, const wire::RequestHead& head, PyObject* environ);
  // Logs it, unless it is about a client who has gone.
  void report(Gil& gil, const char* event, const wire::RequestHead& head, PyObject* exception);
  [[nodiscard]] bool is_clients(PyObject* exception) const;

  Application& application_;
  RequestContext context_;
  PyThreadState* state_;
  // Shared with the objects, which may outlive this thread in the application's hands.
  std::shared_ptr<Lease> input_lease_;
  std::shared_ptr<Lease> output_lease_;
  Output output_;
  ThreadEnviron environ_;
  Objects objects_;
};

}  // namespace warp::python::wsgi
