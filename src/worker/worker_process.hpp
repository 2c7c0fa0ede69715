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
#include "worker/stop_signal.hpp"
#include "worker/watched_files.hpp"

namespace warp::worker {

class WorkerProcess final {
 public:
  WorkerProcess(Inheritance inheritance, std::unique_ptr<Application> application);

  // Returns the exit status; an error only when the worker never got so far as to serve.
  [[nodiscard]] Result<int> run();
  // The same in a process that was forked after the application's load(), with what came of that.
  [[nodiscard]] Result<int> run_loaded(Result<> loaded);

 private:
  enum class StopReason { kTold, kReplaced, kNobodyAsks, kFilesChanged };

  [[nodiscard]] Result<int> serve();
  [[nodiscard]] Result<> listen();
  void accept(Result<> loaded);
  void report(wire::WorkerStatus status) const;
  [[nodiscard]] StopReason wait_for_reason();
  void begin_drain(StopReason reason);
  [[nodiscard]] std::vector<StopLimit::Step> limits(StopReason reason);

  Inheritance inheritance_;
  std::unique_ptr<Application> application_;
  std::unique_ptr<Listener> listener_;
  StopSignal stop_signal_;
  std::optional<WatchedFiles> watched_files_;  // after a failed load
  std::unique_ptr<ScriptWatch> script_watch_;  // null: the script is not looked at
};

}  // namespace warp::worker
