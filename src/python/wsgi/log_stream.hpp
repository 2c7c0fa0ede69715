// wsgi.errors, sys.stdout and sys.stderr: text files whose lines go to the error log; what one
// write completes is one record. Nothing written to them can look like a line of somebody else.
#pragma once

#include "python/python.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

#include "base/log.hpp"
#include "python/gil.hpp"

namespace warp::python::wsgi {

struct LogStreamOptions {
  std::string name;  // as in "<stderr>"
  LogLevel level = LogLevel::kError;
  int file_descriptor =
      -1;  // what fileno() tells to those that write past Python; -1: fileno() raises
  bool is_binary = false;  // takes bytes: the `buffer` of a text stream
};

// The state of a warp.LogStream. Used by all threads; each has its own unfinished line, so that
// lines do not mix.
class LogStream final {
 public:
  explicit LogStream(LogStreamOptions options) : options_(std::move(options)) {}

  [[nodiscard]] const LogStreamOptions& options() const { return options_; }

  void write(Gil& gil, std::string_view text);
  // Logs this thread's unfinished line.
  void flush(Gil& gil) {
    if (!unfinished_.empty()) flush_own(gil);
  }
  void flush_all(Gil& gil);

  // The binary side of a text stream, made when asked for.
  Ref buffer;

 private:
  void flush_own(Gil& gil);

  LogStreamOptions options_;
  std::unordered_map<unsigned long, std::string> unfinished_;  // by thread
};

[[nodiscard]] Ref make_log_stream_type();

}  // namespace warp::python::wsgi
