#include "launcher/operate/top.hpp"

#include <poll.h>

#include <chrono>
#include <cstdio>
#include <optional>

#include "base/deadline.hpp"
#include "base/signals.hpp"
#include "base/unique_fd.hpp"
#include "launcher/operate/terminal.hpp"

namespace warp {
namespace {

constexpr std::chrono::milliseconds kPeriod{1000};

struct Answers {
  std::vector<std::string> documents;
  std::vector<GroupReport> reports;
};

Result<Answers> ask_status(const RunningServer& server) {
  Answers answers;
  for (const std::string& group : server.groups) {
    WARP_TRY(std::string document, ask(server, group, "status"));
    WARP_TRY(GroupReport report, parse_group_report(document));
    answers.documents.push_back(std::move(document));
    answers.reports.push_back(std::move(report));
  }
  return answers;
}

Result<std::string> show_lines(const RunningServer& server) {
  WARP_TRY(const UniqueFd signals, take_signals({SIGINT, SIGTERM, SIGQUIT, SIGHUP}));
  while (true) {
    WARP_TRY(const Answers answers, ask_status(server));
    const std::string line = json_list("groups", answers.documents);
    // The reader has gone.
    if (std::fputs(line.c_str(), stdout) < 0 || std::fflush(stdout) != 0) return std::string();
    pollfd wait{signals.get(), POLLIN, 0};
    if (::poll(&wait, 1, Deadline::in(kPeriod).poll_timeout()) > 0) return std::string();
  }
}

Result<std::string> show_screens(const RunningServer& server) {
  using Clock = std::chrono::steady_clock;
  TopMoment moment{.root = server.root};
  Clock::time_point before = Clock::now();
  // Asked once before the screen changes, so that an error stands where the user reads it.
  WARP_TRY(Answers answers, ask_status(server));
  WARP_TRY(const Terminal terminal, Terminal::take());
  while (true) {
    moment.groups = std::move(answers.reports);
    terminal.show(top_text(moment));
    if (terminal.is_left_within(kPeriod)) return std::string();
    WARP_TRY(answers, ask_status(server));
    const Clock::time_point now = Clock::now();
    moment.seconds = std::chrono::duration<double>(now - before).count();
    before = now;
    moment.before = std::move(moment.groups);
  }
}

}  // namespace

Result<std::string> run_top(const OperatorCommand& command, const RunningServer& server) {
  return command.is_json ? show_lines(server) : show_screens(server);
}

}  // namespace warp
