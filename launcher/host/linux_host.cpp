#include "launcher/host/linux_host.hpp"

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "launcher/host/accounts.hpp"
#include "launcher/host/subprocess.hpp"

namespace warp {

LinuxHost::LinuxHost(StopSignals stop_signals, std::string program)
    : stop_signals_(std::move(stop_signals)), program_(std::move(program)) {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (const auto equals = text.find('='); equals != std::string_view::npos)
      environment_.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
}

std::string LinuxHost::current_directory() const {
  std::error_code error;
  return std::filesystem::current_path(error).string();
}

// A container may run under a number that has no account.
Account LinuxHost::current_user() const {
  if (auto account = account_of(::geteuid())) return *account;
  return Account{.name = "#" + std::to_string(::geteuid()),
                 .group = group_name(::getegid()),
                 .home = variable(environment_, "HOME"),
                 .uid = ::geteuid(),
                 .gid = ::getegid(),
                 .groups = {::getegid()}};
}

std::optional<Account> LinuxHost::find_user(std::string_view name) const {
  return account_of(name);
}

std::optional<Account> LinuxHost::find_user(uid_t uid) const { return account_of(uid); }

std::optional<gid_t> LinuxHost::find_group(std::string_view name) const { return group_of(name); }

Result<Finished> LinuxHost::run(const Command& command) {
  WARP_CHECK(stop_signals_.check());
  return run_to_end(command, stop_signals_.descriptor());
}

Result<std::optional<Access>> LinuxHost::first_denied(const Account& account,
                                                      const std::vector<Access>& accesses) {
  return first_denied_to(account, accesses);
}

Granted LinuxHost::granted() const { return read_granted("/", this_machine()); }

void LinuxHost::warn(std::string_view sentence) {
  static_cast<void>(std::fprintf(stderr, "%s: warning: %.*s\n", program_.c_str(),
                                 static_cast<int>(sentence.size()), sentence.data()));
}

}  // namespace warp
