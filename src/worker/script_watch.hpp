// Tells when the application's script is no longer the one that was loaded.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "worker/file_stamp.hpp"

namespace warp::worker {

class ScriptWatch final {
 public:
  // Of the script as it is now, before it is loaded.
  [[nodiscard]] static Result<std::unique_ptr<ScriptWatch>> create(std::string path);

  // One look at the file, at each request. Any thread. A script that is missing, as it is for a
  // moment while a new one is put in its place, has not changed. Each change is told once.
  void look();
  // Readable when a change was seen.
  [[nodiscard]] int event() const { return event_.get(); }
  // There was one since the last call.
  [[nodiscard]] bool take_event();

 private:
  ScriptWatch(std::string path, UniqueFd event);

  std::string path_;
  std::mutex mutex_;  // guards: known_
  FileStamp known_;
  UniqueFd event_;
};

}  // namespace warp::worker
