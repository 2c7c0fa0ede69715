// The application as the worker's machinery sees it. src/python implements it; tests implement it
// without Python.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "figures/series.hpp"
#include "wire/group_config.hpp"
#include "worker/exchange.hpp"
#include "worker/inspector.hpp"

namespace warp::worker {

// One worker thread's way into the application. Made, used and destroyed on that thread.
class ApplicationThread {
 public:
  virtual ~ApplicationThread() = default;
  // Answers one request. Must tell the exchange's response before it calls the application, and
  // leave it finished or broken; the session looks.
  virtual void serve(Exchange& exchange) = 0;
};

class Application {
 public:
  virtual ~Application() = default;
  // Starts the interpreter and imports the application. On the main thread, once, before attach.
  // When it fails, the reason (with traceback) has been logged, and attach gives threads that
  // answer 500.
  [[nodiscard]] virtual Result<> load() = 0;
  [[nodiscard]] virtual std::unique_ptr<ApplicationThread> attach() = 0;
  // After a failed load: the files whose change may mend it (entry, files of the traceback).
  [[nodiscard]] virtual std::vector<std::string> files_to_watch() const = 0;
  // The project's files that have been imported so far, by absolute paths. After load(), on any
  // thread, which waits for the interpreter's lock.
  [[nodiscard]] virtual std::vector<std::string> imported_files() { return {}; }

  // --- of a template, on the main thread after load() ---
  // In words, what the application has started that would not survive a fork; `own` is a socket of
  // ours.
  [[nodiscard]] virtual std::vector<std::string> fork_obstacles(int own) = 0;
  // Before the first fork.
  virtual void prepare_to_fork() = 0;
  // Around each.
  virtual void before_fork() = 0;
  virtual void after_fork_in_parent() = 0;
  virtual void after_fork_in_child() = 0;

  // On the main thread, when the process is about to stop and may still serve requests; why, in one
  // word.
  virtual void begin_stop(std::string_view reason) = 0;
  // On the main thread, after the last ApplicationThread is gone: runs atexit handlers and ends the
  // interpreter.
  virtual void stop() = 0;
  // Lives as long as the application. Null: nobody can look into it.
  [[nodiscard]] virtual Inspector* inspector() { return nullptr; }
};

// Defined by the host that the program is linked with. `series`: for what the application counts.
[[nodiscard]] std::unique_ptr<Application> make_application(const wire::GroupConfig& config,
                                                            figures::Series series);

}  // namespace warp::worker
