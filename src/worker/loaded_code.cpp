#include "worker/loaded_code.hpp"

#include <sys/stat.h>

#include <set>
#include <tuple>

namespace warp::worker {
namespace {

std::timespec file_time_now() {
  std::timespec now{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
  return now;
}

// Not by the time of modification, which who puts the file there can choose.
bool was_changed_after(const std::string& path, const std::timespec& time) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return false;
  return std::tie(status.st_ctim.tv_sec, status.st_ctim.tv_nsec) >
         std::tie(time.tv_sec, time.tv_nsec);
}

}  // namespace

LoadedCode::LoadedCode(const std::vector<std::string>& imported) : looked_at_(file_time_now()) {
  for (const std::string& path : imported) files_.emplace(path, stamp_of(path));
}

bool LoadedCode::add(const std::vector<std::string>& imported) {
  const std::timespec last = looked_at_;
  looked_at_ = file_time_now();
  bool may_have_changed = false;
  for (const std::string& path : imported) {
    if (files_.contains(path)) continue;
    const bool is_new = was_changed_after(path, last);
    files_.emplace(path, is_new ? FileStamp() : stamp_of(path));
    may_have_changed = may_have_changed || is_new;
  }
  return may_have_changed;
}

std::vector<std::string> LoadedCode::folders() const {
  std::set<std::string> folders;
  for (const auto& [path, stamp] : files_) folders.insert(path.substr(0, path.rfind('/')));
  return {folders.begin(), folders.end()};
}

std::optional<std::string> LoadedCode::take_change() {
  std::optional<std::string> changed;
  for (auto& [path, known] : files_) {
    const FileStamp now = stamp_of(path);
    if (!now.is_of_a_file() || now == known) continue;
    known = now;
    changed = path;
  }
  return changed;
}

}  // namespace warp::worker
