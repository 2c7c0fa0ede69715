// Tells when one of a failed application's files has changed, so that a repaired one is tried at
// once.
#pragma once

#include <string>
#include <vector>

#include "worker/file_stamp.hpp"

namespace warp::worker {

class WatchedFiles final {
 public:
  // Remembers the files as they are now. A file that is missing changes by appearing.
  explicit WatchedFiles(std::vector<std::string> paths);
  [[nodiscard]] bool have_changed() const;

 private:
  struct File {
    std::string path;
    FileStamp stamp;
  };

  std::vector<File> files_;
};

}  // namespace warp::worker
