#include "worker/orphan.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <thread>

#include "base/deadline.hpp"
#include "base/unique_fd.hpp"

namespace warp::worker {
namespace {

// In the process in between: reports its child, and ends. Returns in that child.
void fork_again(int report) {
  const pid_t worker = ::fork();
  if (worker == 0) return;
  [[maybe_unused]] const ssize_t written = ::write(report, &worker, sizeof worker);
  ::_exit(0);
}

pid_t read_report(int reader, pid_t between) {
  pid_t worker = -1;
  ssize_t size = 0;
  do {
    size = ::read(reader, &worker, sizeof worker);
  } while (size < 0 && errno == EINTR);
  while (::waitpid(between, nullptr, 0) < 0 && errno == EINTR) {
  }
  return size == ssize_t{sizeof worker} ? worker : -1;
}

}  // namespace

pid_t fork_orphan(Application& application) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return -1;
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  application.before_fork();
  const pid_t between = ::fork();
  if (between == 0) {
    fork_again(writer.get());
    application.after_fork_in_child();
    return 0;
  }
  application.after_fork_in_parent();
  writer.reset();
  return between < 0 ? -1 : read_report(reader.get(), between);
}

Result<> await_parent(pid_t parent) {
  constexpr std::chrono::milliseconds kPause{1};
  const Deadline deadline = Deadline::in(std::chrono::seconds(5));
  while (::getppid() != parent) {
    if (deadline.has_passed())
      return fail(Errc::kSystem, "the supervisor has not adopted this worker");
    std::this_thread::sleep_for(kPause);
  }
  return {};
}

}  // namespace warp::worker
