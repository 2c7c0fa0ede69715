// Requests to the applications of apps/ through the real host, with a thread of the test as
// httpd's child.
#pragma once

#include "python/python.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "python/gil.hpp"
#include "wire/group_config.hpp"
#include "wire/request_head.hpp"
#include "worker/inspector.hpp"

namespace warp::python::testing {

struct Sent {
  std::string path;  // "/hello": the function of apps/
  std::string method = "GET";
  std::string query = {};
  std::string uri = {};  // REQUEST_URI, where it is not the path
  std::string body = {};
  wire::BodyKind body_kind = wire::BodyKind::kNone;
  std::size_t preload = 0;       // bytes of the body that go with the head
  std::size_t piece = 1000;      // bytes per body frame
  bool aborts_body = false;      // after the body's bytes, where more were announced
  std::uint64_t announced = 0;   // body length in the head, when not that of `body`
  std::size_t feeds_after = 0;   // sends nothing of the body before so many bytes of the response
  std::size_t leaves_after = 0;  // closes the channel after so many bytes of the response; 0: never
  std::vector<std::pair<std::string, std::string>> environ = {};
};

// What came for the error log of the request's virtual host.
struct Logged {
  int level = 0;  // as syslog numbers them
  std::string text;
};

struct Received {
  int status = 0;
  std::string reason;
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<std::string> pieces;  // payloads of the body's frames
  std::string body = {};
  bool is_ended = false;   // in order
  bool is_broken = false;  // by a frame that says so
  std::size_t credits = 0;
  std::size_t files = 0;  // parts of the body that came as a file; read into `body`
  // The fields of each interim response.
  std::vector<std::vector<std::pair<std::string, std::string>>> hints = {};
  std::vector<Logged> records = {};

  // Empty when there is none.
  [[nodiscard]] std::string field(std::string_view name) const;
  // All records, each followed by a newline.
  [[nodiscard]] std::string log() const;
};

// On one thread of the host, which lives as long as the test program.
[[nodiscard]] Received serve(const Sent& sent);
[[nodiscard]] inline Received get(std::string path) { return serve({.path = std::move(path)}); }

// The same by a thread of its own with its own way in.
[[nodiscard]] Received serve_on_new_thread(const Sent& sent);

// For the program's host: apps.py as a script.
[[nodiscard]] wire::GroupConfig test_config();
// Starts the interpreter if no request has done so, and takes the GIL for what `function` does with
// the C API.
void with_python(const std::function<void(Gil&)>& function);

// Of the program's host, which starts if no request has started it.
[[nodiscard]] worker::Inspector& inspector();

// What reaches the error log while it lives.
class CapturedLog final {
 public:
  CapturedLog();
  ~CapturedLog();
  CapturedLog(const CapturedLog&) = delete;
  CapturedLog& operator=(const CapturedLog&) = delete;
  [[nodiscard]] std::string text() const;

 private:
  int saved_;
  int file_;
};

}  // namespace warp::python::testing
