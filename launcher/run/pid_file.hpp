// The launcher's process id in the server root, under a lock that ends with the process: whoever
// reads it learns from the kernel, and not from the file's text, which process holds it.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

class PidFile final {
 public:
  [[nodiscard]] static Result<PidFile> write(const std::string& server_root);
  PidFile(PidFile&&) = default;
  PidFile& operator=(PidFile&&) = delete;
  // Removes the file.
  ~PidFile();

 private:
  PidFile(std::string path, UniqueFd file) : path_(std::move(path)), file_(std::move(file)) {}
  std::string path_;
  UniqueFd file_;
};

// The launcher that runs on the server root; nothing when none does.
[[nodiscard]] Result<std::optional<pid_t>> find_launcher(const std::string& server_root);

}  // namespace warp
