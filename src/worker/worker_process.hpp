// The life of a worker on its main thread: start-up in named steps, waiting for a reason to stop,
// drain, end.
#pragma once

#include <memory>
#include <optional>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "wire/heritage.hpp"
#include "worker/application.hpp"
#include "worker/inheritance.hpp"
#include "worker/listener.hpp"
#include "worker/stop_limit.hpp"
#include "worker/watched_files.hpp"

namespace warp::worker {

class WorkerProcess final {
 public:
  WorkerProcess(Inheritance inheritance, std::unique_ptr<Application> application);

  // Returns the exit status; an error only when the worker never got so far as to serve.
  [[nodiscard]] Result<int> run();

 private:
  enum class StopReason { kTold, kNobodyAsks, kFilesChanged, kScriptChanged };

  [[nodiscard]] Result<> start();
  [[nodiscard]] Result<> watch_script();
  void load();
  void report(wire::WorkerStatus status);
  [[nodiscard]] StopReason wait_for_reason() const;
  void begin_drain(StopReason reason);
  [[nodiscard]] std::vector<StopLimit::Step> limits(StopReason reason);

  Inheritance inheritance_;
  std::unique_ptr<Application> application_;
  std::unique_ptr<Listener> listener_;
  UniqueFd stop_signal_;
  std::optional<WatchedFiles> watched_files_;  // after a failed load
  std::unique_ptr<ScriptWatch> script_watch_;  // null: the script is not looked at
};

}  // namespace warp::worker
