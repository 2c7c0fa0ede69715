#include "worker/watched_files.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

namespace warp::worker {

WatchedFiles::WatchedFiles(std::vector<std::string> paths) {
  files_.reserve(paths.size());
  for (std::string& path : paths) {
    const Stamp stamp = stamp_of(path);
    files_.push_back({.path = std::move(path), .stamp = stamp});
  }
}

bool WatchedFiles::have_changed() const {
  return std::any_of(files_.begin(), files_.end(),
                     [](const File& file) { return stamp_of(file.path) != file.stamp; });
}

WatchedFiles::Stamp WatchedFiles::stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return {.inode = status.st_ino,
          .size = status.st_size,
          .modified_ns = status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec};
}

}  // namespace warp::worker
