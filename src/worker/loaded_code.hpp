// Tells when a file of the application's code is no longer the one that was imported.
#pragma once

#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "worker/file_stamp.hpp"

namespace warp::worker {

class LoadedCode final {
 public:
  // As the application has just imported them.
  explicit LoadedCode(const std::vector<std::string>& imported = {});

  // Adds what was imported since the last call: a file that has changed since then may have been
  // imported before that, and counts as changed. True if there is one.
  bool add(const std::vector<std::string>& imported);
  [[nodiscard]] bool has(const std::string& path) const { return files_.contains(path); }
  // Of all files, each once.
  [[nodiscard]] std::vector<std::string> folders() const;
  // A file that has changed; each change is told once. A file that is missing, as it is for a
  // moment while a new one is put in its place, has not changed.
  [[nodiscard]] std::optional<std::string> take_change();

 private:
  std::map<std::string, FileStamp> files_;
  std::timespec looked_at_{};  // by the clock that the kernel stamps files with
};

}  // namespace warp::worker
