// What the code under test writes to standard error.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "base/log.hpp"
#include "base/read_descriptor.hpp"
#include "base/unique_fd.hpp"

namespace warp::worker {

// While it lives.
class CapturedLog final {
 public:
  CapturedLog() {
    start_log("warp-worker", LogLevel::kInfo);
    ::dup2(file_.get(), STDERR_FILENO);
  }
  ~CapturedLog() { ::dup2(saved_.get(), STDERR_FILENO); }
  CapturedLog(const CapturedLog&) = delete;
  CapturedLog& operator=(const CapturedLog&) = delete;

  [[nodiscard]] std::string text() const {
    return read_whole_file(file_.get(), std::size_t{1} << 20U).value();
  }

 private:
  UniqueFd saved_{::dup(STDERR_FILENO)};
  UniqueFd file_{::memfd_create("log", MFD_CLOEXEC)};
};

}  // namespace warp::worker
