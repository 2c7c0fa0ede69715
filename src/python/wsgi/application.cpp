#include "python/wsgi/application.hpp"

#include <unistd.h>

#include "python/object.hpp"
#include "python/wsgi/exceptions.hpp"
#include "python/wsgi/file_wrapper.hpp"
#include "python/wsgi/input.hpp"
#include "python/wsgi/log_stream.hpp"
#include "python/wsgi/start_response.hpp"

namespace warp::python::wsgi {
namespace {

// Under both names: what restores sys.stdout from sys.__stdout__ must not end up beside the log's
// lines.
bool replace_stream(const char* name, const char* original, const Ref& stream) {
  return stream && PySys_SetObject(name, stream.get()) == 0 &&
         PySys_SetObject(original, stream.get()) == 0;
}

}  // namespace

bool Application::prepare(Gil& gil, const wire::GroupConfig& config) {
  client_disconnected_ = make_client_disconnected();
  request_timeout_ = make_request_timeout();
  input_type_ = make_input_type();
  responder_type_ = make_responder_type();
  file_wrapper_type_ = make_file_wrapper_type();
  log_stream_type_ = make_log_stream_type();
  if (!client_disconnected_ || !request_timeout_ || !input_type_ || !responder_type_ ||
      !file_wrapper_type_ || !log_stream_type_ || !prepare_streams(gil) ||
      !file_types_.prepare(gil))
    return false;
  close_name_ = Ref::steal(PyUnicode_InternFromString("close"));
  if (!close_name_) return false;
  sendfile_roots_ = config.sendfile_paths;
  return environ_.prepare(gil, {.errors = errors_,
                                .file_wrapper = file_wrapper_type_,
                                .process_group = config.name,
                                .callable = config.callable,
                                .httpd_version = config.httpd_version,
                                .is_multithread = config.threads > 1,
                                .is_multiprocess = config.processes > 1});
}

bool Application::prepare_streams(Gil& /*held*/) {
  PyObject* const type = log_stream_type_.get();
  errors_ = make_object<LogStream>(type, LogStreamOptions{.name = "<wsgi.errors>"});
  // A print that the usual LogLevel hides would be looked for in vain.
  standard_output_ = make_object<LogStream>(
      type, LogStreamOptions{
                .name = "<stdout>", .level = LogLevel::kWarn, .file_descriptor = STDOUT_FILENO});
  standard_error_ = make_object<LogStream>(
      type, LogStreamOptions{.name = "<stderr>", .file_descriptor = STDERR_FILENO});
  return errors_ && replace_stream("stdout", "__stdout__", standard_output_) &&
         replace_stream("stderr", "__stderr__", standard_error_);
}

void Application::end_lines(Gil& gil) {
  for (PyObject* const stream : {errors_.get(), standard_output_.get(), standard_error_.get()})
    state_of<LogStream>(stream).flush(gil);
}

void Application::flush(Gil& gil) {
  for (PyObject* const stream : {errors_.get(), standard_output_.get(), standard_error_.get()})
    if (stream != nullptr) state_of<LogStream>(stream).flush_all(gil);
}

}  // namespace warp::python::wsgi
