// warp-json-log: what httpd's ErrorLog is piped through for --log-format json. Reads lines of the
// error log from standard input and writes JSON objects. With "--service NAME" before the
// destination, it is the log of that side process.
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <exception>

#include "base/signals.hpp"
#include "json_log/destination.hpp"
#include "json_log/error_line.hpp"
#include "json_log/line_splitter.hpp"

namespace warp {
namespace {

std::int64_t now_in_microseconds() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

class JsonLog final {
 public:
  JsonLog(Destination destination, std::string service)
      : destination_(std::move(destination)), service_(std::move(service)) {}

  // False at the end of what comes.
  bool read_some() {
    std::array<char, 65536> bytes{};
    const ssize_t size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (size < 0) return errno == EINTR || errno == EAGAIN;
    if (size == 0) return false;
    std::string text;
    for (const std::string& line :
         splitter_.feed(std::string_view(bytes.data(), static_cast<std::size_t>(size))))
      text += json_of(line);
    destination_.write(text);
    return true;
  }

  void finish() {
    if (const std::string rest = splitter_.rest(); !rest.empty()) destination_.write(json_of(rest));
  }

 private:
  [[nodiscard]] std::string json_of(const std::string& line) const {
    return json_of_error_line(line, now_in_microseconds(), service_) + "\n";
  }

  LineSplitter splitter_;
  Destination destination_;
  std::string service_;
};

// httpd ends its log programs with SIGTERM, waits for that, and kills them if it takes long, all
// while it and our supervisors still have something to say. So the process that it knows ends, and
// a copy goes on to the end of what comes: when all who write have ended.
bool go_on_as_a_copy() {
  const pid_t copy = ::fork();
  if (copy > 0) ::_exit(0);
  return copy == 0;
}

void run(JsonLog& log, const UniqueFd& signals) {
  bool is_copy = false;
  for (;;) {
    std::array<pollfd, 2> waits{pollfd{STDIN_FILENO, POLLIN, 0},
                                pollfd{is_copy ? -1 : signals.get(), POLLIN, 0}};
    static_cast<void>(::poll(waits.data(), waits.size(), -1));
    if (waits[0].revents != 0 && !log.read_some()) return;
    if (waits[1].revents == 0) continue;
    is_copy = go_on_as_a_copy();
    if (!is_copy) return;
  }
}

int report(const Error& error) {
  static_cast<void>(std::fprintf(stderr, "warp-json-log: %s\n", describe(error).c_str()));
  return 1;
}

int serve(std::span<char* const> arguments) {
  // Ctrl-C and what httpd's group is told otherwise is not for us.
  const auto others = take_signals({SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGWINCH});
  const auto signals = take_signals({SIGTERM});
  if (!others || !signals) return report((others ? signals : others).error());
  constexpr std::size_t kWordsOfService = 2;
  std::string service;
  if (arguments.size() > kWordsOfService && std::string_view(arguments[0]) == "--service") {
    service = arguments[1];
    arguments = arguments.subspan(kWordsOfService);
  }
  auto destination = Destination::open(arguments);
  if (!destination) return report(destination.error());
  JsonLog log(*std::move(destination), std::move(service));
  run(log, *signals);
  log.finish();
  return 0;
}

}  // namespace
}  // namespace warp

int main(int argc, char** argv) {
  try {
    return warp::serve(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
  } catch (const std::exception& bug) {
    return warp::report({warp::Errc::kInternal, std::string("bug: ") + bug.what()});
  }
}
