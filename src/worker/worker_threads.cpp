#include "worker/worker_threads.hpp"

#include <cstdlib>
#include <exception>
#include <memory>

#include "base/log.hpp"
#include "worker/crash_marks.hpp"
#include "worker/session.hpp"

namespace warp::worker {
namespace {

void serve_requests(const WorkerThreads::Surroundings& surroundings, std::uint32_t index) {
  try {
    const CrashMark mark(surroundings.board, surroundings.slot, index);
    ServingThread& self = surroundings.threads[index];
    self.enter(&surroundings.board.thread(surroundings.slot, index).silent_since);
    const std::unique_ptr<ApplicationThread> thread = surroundings.application.attach();
    Session session(
        *thread, scoreboard::Recorder(surroundings.board, surroundings.slot, index),
        {.script = surroundings.script_watch, .thread = &self, .limit = surroundings.limit});
    surroundings.listener.run(session);
  } catch (const std::exception& error) {
    // Nothing of ours throws on purpose: out of memory, or a bug. The supervisor reports the death
    // and starts anew.
    log(LogLevel::kCritical, "worker thread failed", {{"reason", error.what()}});
    std::abort();
  }
}

}  // namespace

WorkerThreads::WorkerThreads(const Surroundings& surroundings) {
  const auto count = static_cast<std::uint32_t>(surroundings.threads.size());
  threads_.reserve(count);
  for (std::uint32_t index = 0; index < count; ++index)
    threads_.emplace_back([surroundings, index] { serve_requests(surroundings, index); });
}

void WorkerThreads::join() {
  for (std::jthread& thread : threads_) thread.join();
}

}  // namespace warp::worker
