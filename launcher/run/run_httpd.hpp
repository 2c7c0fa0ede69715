// httpd in the foreground, with the launcher as its parent: process 1 in a container.
#pragma once

#include <functional>

#include "launcher/host/host.hpp"
#include "launcher/run/stop_sequence.hpp"

namespace warp {

struct HttpdRun {
  std::vector<std::string> arguments{};  // httpd's command line
  Environment environment{};
  std::string error_log{};    // read for the reason when httpd dies; need not be a file
  std::string server_root{};  // with the control sockets, and for the file not-ready
  StopTimes times{};
  std::function<void()> after_httpd{};  // ends our other children: those left after it are killed
};

// Until httpd has ended, and everything below it. 0 after a stop by SIGINT or SIGTERM or when httpd
// ended in good order; an Error when it died.
[[nodiscard]] Result<> run_httpd(const HttpdRun& run);

}  // namespace warp
