// How a file is told from what it was before.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace warp::worker {

struct FileStamp {
  ino_t inode = 0;
  off_t size = -1;  // of a file that is missing
  std::int64_t modified_ns = 0;
  bool operator==(const FileStamp&) const = default;
  [[nodiscard]] bool is_of_a_file() const { return size >= 0; }
};

[[nodiscard]] FileStamp stamp_of(const std::string& path);

}  // namespace warp::worker
