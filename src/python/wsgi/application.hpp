// The WSGI application and what all its requests share.
#pragma once

#include "python/python.hpp"

#include <string>
#include <vector>

#include "python/bootstrap.hpp"
#include "python/development/error_pages.hpp"
#include "python/development/instruments.hpp"
#include "python/gil.hpp"
#include "python/wsgi/environ.hpp"
#include "python/wsgi/events.hpp"
#include "python/wsgi/wrapped_file.hpp"
#include "wire/group_config.hpp"

namespace warp::python::wsgi {

// Made and destroyed on the main thread; used by every thread with the GIL.
class Application final {
 public:
  Application(const Bootstrap& bootstrap, const ErrorPages& error_pages,
              const Instruments& instruments, RequestContexts& contexts)
      : bootstrap_(bootstrap),
        error_pages_(error_pages),
        instruments_(instruments),
        contexts_(contexts) {}

  // Types, log streams (in place of sys.stdout and sys.stderr from here on), environ. False with an
  // exception.
  [[nodiscard]] bool prepare(Gil& gil, const wire::GroupConfig& config);
  void set_callable(Gil& /*held*/, Ref callable) { callable_ = std::move(callable); }
  // Logs what the application has left in its streams.
  void flush(Gil& gil);

  [[nodiscard]] PyObject* callable() const { return callable_.get(); }
  [[nodiscard]] const Bootstrap& bootstrap() const { return bootstrap_; }
  [[nodiscard]] const ErrorPages& error_pages() const { return error_pages_; }
  [[nodiscard]] const Instruments& instruments() const { return instruments_; }
  [[nodiscard]] EnvironFactory& environ() { return environ_; }
  [[nodiscard]] PyObject* close_name() const { return close_name_.get(); }
  [[nodiscard]] const FileTypes& file_types() const { return file_types_; }
  [[nodiscard]] const std::vector<std::string>& sendfile_roots() const { return sendfile_roots_; }
  [[nodiscard]] PyObject* input_type() const { return input_type_.get(); }
  [[nodiscard]] PyObject* responder_type() const { return responder_type_.get(); }
  [[nodiscard]] PyObject* file_wrapper_type() const { return file_wrapper_type_.get(); }
  [[nodiscard]] PyObject* client_disconnected() const { return client_disconnected_.get(); }
  [[nodiscard]] PyObject* request_timeout() const { return request_timeout_.get(); }
  [[nodiscard]] RequestContexts& contexts() { return contexts_; }
  [[nodiscard]] Events& events() { return events_; }

  // Logs this thread's unfinished lines, so that they are not taken for the next request's.
  void end_lines(Gil& gil);

 private:
  [[nodiscard]] bool prepare_streams(Gil& gil);

  const Bootstrap& bootstrap_;
  const ErrorPages& error_pages_;
  const Instruments& instruments_;
  RequestContexts& contexts_;
  Events events_;
  Ref callable_;
  Ref input_type_;
  Ref responder_type_;
  Ref file_wrapper_type_;
  Ref log_stream_type_;
  Ref client_disconnected_;
  Ref request_timeout_;
  Ref errors_;
  Ref standard_output_;
  Ref standard_error_;
  EnvironFactory environ_;
  Ref close_name_;  // "close"
  FileTypes file_types_;
  std::vector<std::string> sendfile_roots_;
};

}  // namespace warp::python::wsgi
