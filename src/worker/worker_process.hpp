// The life of a worker on its main thread: start-up in named steps, waiting for a reason to stop,
// drain, end.
#pragma once

#include <poll.h>

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "wire/heritage.hpp"
#include "worker/application.hpp"
#include "worker/code_watch.hpp"
#include "worker/inheritance.hpp"
#include "worker/listener.hpp"
#include "worker/loaded_code.hpp"
#include "worker/request_limit.hpp"
#include "worker/serving_thread.hpp"
#include "worker/status_pipe.hpp"
#include "worker/stop_limit.hpp"
#include "worker/stop_signal.hpp"
#include "worker/watchdog.hpp"
#include "worker/watched_files.hpp"
#include "worker/worker_threads.hpp"

namespace warp::worker {

class WorkerProcess final {
 public:
  WorkerProcess(Inheritance inheritance, std::unique_ptr<Application> application);

  // Returns the exit status; an error only when the worker never got so far as to serve.
  [[nodiscard]] Result<int> run();
  // The same in a process that was forked after the application's load(), with what came of that.
  [[nodiscard]] Result<int> run_loaded(Result<> loaded, LoadedCode code);

 private:
  enum class StopReason { kTold, kReplaced, kNobodyAsks, kFilesChanged };

  [[nodiscard]] Result<int> serve();
  [[nodiscard]] Result<> listen();
  [[nodiscard]] Result<> watch_script();
  [[nodiscard]] Result<> watch_code();
  void on_code_check();
  void accept(Result<> loaded);
  [[nodiscard]] Result<> watch_threads();
  [[nodiscard]] WatchEvents watch_events();
  [[nodiscard]] WorkerThreads start_threads();
  [[nodiscard]] StopReason wait_for_reason();
  [[nodiscard]] static std::optional<StopReason> reason_in(std::span<const pollfd> events);
  void deal_with(std::span<const pollfd> events);
  void begin_drain(StopReason reason);
  [[noreturn]] void end_stuck(std::string_view event);
  [[nodiscard]] std::vector<StopLimit::Step> limits(StopReason reason);

  Inheritance inheritance_;
  std::unique_ptr<Application> application_;
  StatusPipe status_;
  std::unique_ptr<Listener> listener_;
  UniqueFd stacks_signal_;
  StopSignals stop_signals_;
  std::vector<ServingThread> serving_;
  std::optional<RequestLimit> limit_;
  std::unique_ptr<Watchdog> watchdog_;
  std::atomic<int> exit_status_{wire::kExitStopped};  // once there is a reason to stop
  std::optional<WatchedFiles> watched_files_;         // after a failed load
  std::unique_ptr<ScriptWatch> script_watch_;         // null: the script is not looked at
  LoadedCode code_;                                   // until there is a watch
  std::unique_ptr<CodeWatch> code_watch_;             // null: imported files are not looked at
};

}  // namespace warp::worker
