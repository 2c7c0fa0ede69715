#include "worker/worker_threads.hpp"

#include <cstdlib>
#include <exception>
#include <memory>

#include "base/log.hpp"
#include "worker/session.hpp"

namespace warp::worker {
namespace {

void serve_requests(Application& application, Listener& listener, scoreboard::Recorder recorder) {
  try {
    const std::unique_ptr<ApplicationThread> thread = application.attach();
    Session session(*thread, recorder);
    listener.run(session);
  } catch (const std::exception& error) {
    // Nothing of ours throws on purpose: out of memory, or a bug. The supervisor reports the death
    // and starts anew.
    log(LogLevel::kCritical, "worker thread failed", {{"reason", error.what()}});
    std::abort();
  }
}

}  // namespace

WorkerThreads::WorkerThreads(Application& application, Listener& listener,
                             const scoreboard::Scoreboard& board, std::uint32_t slot,
                             std::uint32_t count) {
  threads_.reserve(count);
  for (std::uint32_t index = 0; index < count; ++index)
    threads_.emplace_back(
        [&application, &listener, recorder = scoreboard::Recorder(board, slot, index)] {
          serve_requests(application, listener, recorder);
        });
}

void WorkerThreads::join() {
  for (std::jthread& thread : threads_) thread.join();
}

}  // namespace warp::worker
