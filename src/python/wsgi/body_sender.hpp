// Passes on what the application has returned: a list, an iterable, or a file.
#pragma once

#include "python/python.hpp"

#include <optional>

#include "base/result.hpp"
#include "python/gil.hpp"
#include "python/wsgi/application.hpp"
#include "python/wsgi/lease.hpp"
#include "python/wsgi/output.hpp"

namespace warp::python::wsgi {

// For one request.
class BodySender final {
 public:
  BodySender(const Application& application, Output& output, Lease& lease)
      : application_(application), output_(output), lease_(lease) {}

  // False with an exception, of the application's or about what it gives. The caller closes the
  // body.
  [[nodiscard]] bool send(Gil& gil, PyObject* body);

 private:
  [[nodiscard]] bool send_sequence(Gil& gil, PyObject* body);
  [[nodiscard]] bool send_items(Gil& gil, PyObject* body);
  [[nodiscard]] bool send_iterable(Gil& gil, PyObject* body);
  enum class Iteration { kFailed, kLeft, kEnded };
  [[nodiscard]] Iteration iterate(Gil& gil, PyObject* body);
  // nullopt for a wrapper that has to be iterated over.
  [[nodiscard]] std::optional<bool> send_wrapped(Gil& gil, PyObject* wrapper);
  // False with an exception when start_response has not been called.
  [[nodiscard]] bool expect_head() const;
  // False when the rest of the body is of no use.
  [[nodiscard]] bool may_go_on(Gil& gil, const Result<>& sent);

  const Application& application_;
  Output& output_;
  Lease& lease_;
};

}  // namespace warp::python::wsgi
