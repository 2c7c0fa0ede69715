#include "worker/crash_marks.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>

namespace warp::worker {
namespace {

using scoreboard::Stage;

constexpr std::array kCrashes = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
// What faulthandler needs to walk the frames of all threads, and plenty of it.
constexpr std::size_t kStackSize = std::size_t{64} << 10U;

// A signal handler has no other way to its data.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
thread_local std::atomic<Stage>* stage_of_thread = nullptr;
std::array<struct sigaction, kCrashes.size()> before;
std::atomic<pid_t> owner{0};
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

void on_crash(int signal) {
  if (stage_of_thread != nullptr && ::getpid() == owner) *stage_of_thread = Stage::kCrashed;
  const auto* const found = std::find(kCrashes.begin(), kCrashes.end(), signal);
  if (found != kCrashes.end())
    ::sigaction(signal, &before[static_cast<std::size_t>(found - kCrashes.begin())], nullptr);
  // Delivered when this handler returns, for a signal that no instruction repeats.
  ::raise(signal);
}

}  // namespace

Result<> mark_crashes() {
  owner = ::getpid();
  for (std::size_t i = 0; i < kCrashes.size(); ++i) {
    struct sigaction action {};
    action.sa_handler = on_crash;
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    if (::sigaction(kCrashes[i], &action, &before[i]) != 0) return fail_errno("sigaction");
  }
  return {};
}

void keep_crash_marks() { owner = ::getpid(); }

CrashMark::CrashMark(const scoreboard::Scoreboard& board, std::uint32_t slot,
                     std::uint32_t thread) {
  stage_of_thread = &board.thread(slot, thread).stage;
  stack_t present{};
  // A sanitizer gives its own to every thread.
  if (::sigaltstack(nullptr, &present) != 0 || (present.ss_flags & SS_DISABLE) == 0) return;
  stack_ = std::make_unique_for_overwrite<std::byte[]>(kStackSize);
  const stack_t stack{.ss_sp = stack_.get(), .ss_flags = 0, .ss_size = kStackSize};
  ::sigaltstack(&stack, nullptr);
}

CrashMark::~CrashMark() {
  stage_of_thread = nullptr;
  if (stack_ == nullptr) return;
  const stack_t none{.ss_sp = nullptr, .ss_flags = SS_DISABLE, .ss_size = 0};
  ::sigaltstack(&none, nullptr);
}

}  // namespace warp::worker
