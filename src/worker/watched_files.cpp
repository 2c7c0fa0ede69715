#include "worker/watched_files.hpp"

#include <algorithm>
#include <utility>

namespace warp::worker {

WatchedFiles::WatchedFiles(std::vector<std::string> paths) {
  files_.reserve(paths.size());
  for (std::string& path : paths) {
    const FileStamp stamp = stamp_of(path);
    files_.push_back({.path = std::move(path), .stamp = stamp});
  }
}

bool WatchedFiles::have_changed() const {
  return std::any_of(files_.begin(), files_.end(),
                     [](const File& file) { return stamp_of(file.path) != file.stamp; });
}

}  // namespace warp::worker
