// warpdrive: from a project's source folder to a running server. Each command is a row of
// warpdrive/command_table.cpp.
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "base/signals.hpp"
#include "base/strings.hpp"
#include "launcher/host/linux_host.hpp"
#include "launcher/warpdrive/arguments.hpp"
#include "launcher/warpdrive/help.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

int report(const Error& error) {
  const std::string text = describe(error);
  for (const std::string_view line : split(text, '\n')) print_note(printable(line));
  return error.code == Errc::kUsage || error.code == Errc::kUnknownSetting ? 2 : 1;
}

// As a shell says it of a program that a signal has ended.
int report_stop(int signal) {
  print_note("stopped by " + signal_name(signal));
  return 128 + signal;
}

// Text that gets into an eval would be run.
void print_help(const WarpdriveCommand& command) {
  const std::string text = help_of(command);
  std::FILE* const stream = command.prints == Prints::kShellCode ? stderr : stdout;
  static_cast<void>(std::fputs(text.c_str(), stream));
}

Result<int> run_command(const WarpdriveCommand& command, std::span<const std::string> words,
                        Host& host) {
  WARP_TRY(const Arguments arguments, read_arguments(command, words));
  if (arguments.has("help")) return print_help(command), 0;
  return command.run(arguments, host);
}

int run(std::span<const std::string> words) {
  if (words.empty() || words.front() == "--help" || words.front() == "-h")
    return print(help_of_all()), words.empty() ? 2 : 0;
  if (words.front() == "--version") return print("warpdrive " WARP_VERSION "\n"), 0;
  auto stop_signals = StopSignals::take_over();
  if (!stop_signals) return report(stop_signals.error());
  LinuxHost host(*std::move(stop_signals), "warpdrive");
  const auto command = find_warpdrive_command(words.front());
  if (!command) return report(command.error());
  const auto status = run_command(**command, words.subspan(1), host);
  if (status) return *status;
  // An eval of nothing would count as a success.
  if ((*command)->prints == Prints::kShellCode && ::isatty(STDOUT_FILENO) == 0) print("false\n");
  if (status.error().code == Errc::kClosed)
    if (const auto signal = host.stop_signals().first()) return report_stop(*signal);
  return report(status.error());
}

}  // namespace
}  // namespace warp

int main(int argc, char** argv) {
  try {
    return warp::run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& bug) {
    return warp::report({warp::Errc::kInternal, std::string("bug: ") + bug.what()});
  }
}
