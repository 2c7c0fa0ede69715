// A supervisor with workers as httpd's parent starts it, for tests: its log is a pipe whose lines
// can be waited for, and whose end says that all of its processes are gone.
#pragma once

#include <sys/types.h>
#include <sys/un.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.hpp"
#include "channel/connector.hpp"
#include "scoreboard/scoreboard.hpp"
#include "wire/group_config.hpp"

namespace warp::supervisor {

class RunningGroup final {
 public:
  enum class Parent { kTest, kProcessOfItsOwn };

  // STUB and STUB_MEND (stub_worker.cpp) are taken from this process's environment.
  explicit RunningGroup(wire::GroupConfig config, Parent parent = Parent::kTest);
  ~RunningGroup();
  RunningGroup(const RunningGroup&) = delete;
  RunningGroup& operator=(const RunningGroup&) = delete;

  // The next line with the text in it; the test fails when none comes. Earlier lines are skipped.
  std::string wait_for(std::string_view text);
  // Waits until no process has the log open any more.
  void wait_for_silence();
  // Exit status of the supervisor; -1 for a signal.
  int wait_for_exit();

  [[nodiscard]] channel::Channel open(std::uint32_t slot = 0) const;
  // The body of the answer, "500" and the like for a status other than 200, "broken: " and the
  // reason for none.
  [[nodiscard]] std::string get(channel::Channel& channel, std::string_view path) const;
  [[nodiscard]] std::string get(std::string_view path, std::uint32_t slot = 0) const;
  [[nodiscard]] pid_t worker(std::uint32_t slot = 0) const { return board_.slot(slot).pid; }
  [[nodiscard]] const scoreboard::Scoreboard& board() const { return board_; }
  // Of the supervisor, or of the process that is its parent.
  [[nodiscard]] pid_t pid() const { return pid_; }
  // The answer of the control socket.
  [[nodiscard]] std::string ask(std::string_view request) const;
  void close_connectors() { child_ends_.clear(); }

 private:
  [[nodiscard]] UniqueFd listen();

  std::vector<UniqueFd> child_ends_;
  UniqueFd segment_;
  sockaddr_un control_{};
  socklen_t control_size_ = sizeof(sockaddr_un);
  scoreboard::Scoreboard board_;
  UniqueFd log_;
  std::string unread_;
  pid_t pid_ = 0;
  bool is_reaped_ = false;
};

}  // namespace warp::supervisor
