// Tells when the application's script is no longer the one that was loaded, so that the next
// request meets a worker that has the new one.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "worker/file_stamp.hpp"

namespace warp::worker {

class ScriptWatch final {
 public:
  // Of the script as it is now, before it is loaded. `announce` is called by every thread that
  // finds the change by itself, before has_changed() says so: whoever acts on that comes after it.
  [[nodiscard]] static Result<std::unique_ptr<ScriptWatch>> create(std::string path,
                                                                   std::function<void()> announce);

  // One look at the file; none any more when it has changed. A script that is missing, as it is for
  // a moment while a new one is put in its place, has not. Any thread.
  [[nodiscard]] bool has_changed();
  // Readable from the first time on that has_changed() was true.
  [[nodiscard]] int event() const { return event_.get(); }

 private:
  ScriptWatch(std::string path, std::function<void()> announce, UniqueFd event);

  std::string path_;
  std::function<void()> announce_;
  FileStamp loaded_;
  UniqueFd event_;
  std::atomic<bool> has_changed_{false};
};

}  // namespace warp::worker
