// Tells when the application's code has changed since it was imported: when asked to look, or by
// itself, from what the kernel says about the folders of the imported files (inotify).
//
// Which files those are only the interpreter knows, and its lock may be held for long. So this has
// a thread of its own, and the worker's main thread never waits for it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <thread>

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "worker/application.hpp"
#include "worker/loaded_code.hpp"

namespace warp::worker {

class CodeWatch final {
 public:
  enum class Mode { kWhenAsked, kAlways };

  // The application outlives it.
  [[nodiscard]] static Result<std::unique_ptr<CodeWatch>> create(Application& application,
                                                                 LoadedCode code, Mode mode);
  ~CodeWatch();
  CodeWatch(const CodeWatch&) = delete;
  CodeWatch& operator=(const CodeWatch&) = delete;

  // Compares the files soon. On the thread that has created it.
  void look();
  // Readable when the code has changed.
  [[nodiscard]] int event() const { return event_.get(); }
  // It has, since the last call.
  [[nodiscard]] bool take_event();

 private:
  CodeWatch(Application& application, LoadedCode code);

  void start();
  void run(const std::stop_token& stop);
  // False when it can't go on.
  [[nodiscard]] bool wait(bool& is_asked);
  void look_for_modules();
  void watch_folders();
  void read_changes();
  void settle();
  void compare();

  Application& application_;
  LoadedCode code_;
  UniqueFd event_;
  UniqueFd wake_;                       // readable: asked, or told to stop
  UniqueFd changes_;                    // inotify; none when it looks only when asked
  std::map<int, std::string> folders_;  // by the number of the kernel's watch
  bool has_warned_ = false;
  Deadline modules_due_ = Deadline::never();
  Deadline compare_due_ = Deadline::never();
  Deadline settled_by_ = Deadline::never();
  std::jthread thread_;  // runs on all but event_ and wake_ alone
};

}  // namespace warp::worker
