#include "launcher/plan/development.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>

namespace warp {
namespace {

std::string terminal_name() {
  constexpr std::size_t kLongest = 256;
  std::array<char, kLongest> name{};
  for (const int descriptor : {STDIN_FILENO, STDERR_FILENO})
    if (::ttyname_r(descriptor, name.data(), name.size()) == 0) return name.data();
  return {};
}

std::string folder_or(const std::string& said, const std::string& otherwise) {
  return said.empty() ? otherwise : said;
}

}  // namespace

Result<std::string> find_terminal(const Account& user) {
  std::string terminal = terminal_name();
  if (terminal.empty())
    return fail(Errc::kInvalidSetting,
                "--enable-debugger: this is no terminal (standard input and standard error are "
                "elsewhere), so nobody could answer; start the server in one");
  struct stat facts {};
  const bool is_other = user.uid != ::geteuid();
  if (is_other && (::stat(terminal.c_str(), &facts) != 0 || facts.st_uid != user.uid))
    return fail(Errc::kNoPermission, "--enable-debugger: the application runs as " + user.name +
                                         ", who may not open the terminal " + terminal +
                                         "; start the server as " + user.name);
  return terminal;
}

Result<Development> plan_development(const Plan& plan) {
  const Settings& settings = plan.settings;
  Development development;
  if (settings.enable_debugger) {
    WARP_TRY(development.terminal, find_terminal(plan.project.user));
  }
  if (settings.enable_profiler)
    development.profile_folder =
        folder_or(settings.profiler_directory, plan.server_root + "/pstats");
  if (settings.enable_coverage)
    development.coverage_folder =
        folder_or(settings.coverage_directory, plan.server_root + "/htmlcov");
  return development;
}

}  // namespace warp
