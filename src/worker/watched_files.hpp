// Tells when one of a failed application's files has changed, so that a repaired one is tried at
// once.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace warp::worker {

class WatchedFiles final {
 public:
  // Remembers the files as they are now. A file that is missing changes by appearing.
  explicit WatchedFiles(std::vector<std::string> paths);
  [[nodiscard]] bool have_changed() const;

 private:
  struct Stamp {
    ino_t inode = 0;
    off_t size = -1;
    std::int64_t modified_ns = 0;
    bool operator==(const Stamp&) const = default;
  };
  struct File {
    std::string path;
    Stamp stamp;
  };
  [[nodiscard]] static Stamp stamp_of(const std::string& path);

  std::vector<File> files_;
};

}  // namespace warp::worker
