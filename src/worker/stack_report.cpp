#include "worker/stack_report.hpp"

#include <algorithm>
#include <chrono>

#include "base/strings.hpp"

namespace warp::worker {
namespace {

std::string seconds_text(std::chrono::nanoseconds duration) {
  const auto milliseconds = std::max(
      std::int64_t{0}, std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
  const std::string fraction = std::to_string(1000 + milliseconds % 1000).substr(1);
  return std::to_string(milliseconds / 1000) + "." + fraction;
}

// Since the application was called. The clock may have been set back meanwhile.
std::chrono::microseconds age_of(const scoreboard::ThreadRecord& record) {
  const std::uint64_t now = scoreboard::now_us();
  const std::uint64_t started = record.started_us.load(std::memory_order_relaxed);
  return std::chrono::microseconds(static_cast<std::int64_t>(now - std::min(now, started)));
}

}  // namespace

std::string StackReport::request_line(std::uint32_t index,
                                      const ServingThread::Request& request) const {
  const scoreboard::ThreadRecord& record = board_.thread(slot_, index);
  return "request=" + printable(request.id) +
         " method=" + scoreboard::recorded_text(record.method) +
         " path=" + scoreboard::recorded_text(record.uri) + " thread=" + std::to_string(index) +
         " seconds=" + seconds_text(age_of(record));
}

std::string StackReport::of_thread(std::uint32_t index,
                                   const std::vector<ThreadStack>& stacks) const {
  const std::uint64_t handle = threads_[index].handle();
  const auto found = std::find_if(stacks.begin(), stacks.end(),
                                  [&](const ThreadStack& stack) { return stack.thread == handle; });
  return found == stacks.end() ? "  (the thread runs no Python)\n" : found->text;
}

std::string StackReport::title(const ThreadStack& stack) const {
  for (std::uint32_t index = 0; index < threads_.size(); ++index) {
    if (threads_[index].handle() != stack.thread) continue;
    const auto request = threads_[index].request();
    return request ? request_line(index, *request) : "thread=" + std::to_string(index);
  }
  return "thread of the application's" + (stack.name.empty() ? "" : ": " + printable(stack.name));
}

std::string StackReport::of_all(const std::vector<ThreadStack>& stacks) const {
  if (stacks.empty()) return "  (no thread runs Python)\n";
  std::string text;
  for (const ThreadStack& stack : stacks) text += title(stack) + "\n" + stack.text;
  return text;
}

}  // namespace warp::worker
