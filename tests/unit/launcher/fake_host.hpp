// A machine that a test makes up.
#pragma once

#include <algorithm>
#include <functional>

#include "launcher/host/host.hpp"

namespace warp {

class FakeHost final : public Host {
 public:
  Environment variables;
  std::string directory = "/";
  Account user{.name = "dev", .group = "dev", .home = "/home/dev", .uid = 1000, .gid = 1000};
  std::vector<Account> users;
  std::vector<std::string> warnings;
  std::vector<Command> commands;
  Granted limits;
  StopSignals stops;
  std::string closed_path;  // nobody may get there
  std::function<Result<Finished>(const Command&)> on_run = [](const Command&) {
    return Finished{};
  };

  void become_root() {
    user = {.name = "root", .group = "root", .home = "/root", .uid = 0, .gid = 0};
    users = {user,
             {.name = "www-data", .group = "www-data", .home = "/var/www", .uid = 33, .gid = 33},
             {.name = "alice", .group = "staff", .home = "/home/alice", .uid = 1001, .gid = 50}};
  }

  [[nodiscard]] const Environment& environment() const override { return variables; }
  [[nodiscard]] std::string current_directory() const override { return directory; }
  [[nodiscard]] Account current_user() const override { return user; }
  [[nodiscard]] std::optional<Account> find_user(std::string_view name) const override {
    return find([&](const Account& account) { return account.name == name; });
  }
  [[nodiscard]] std::optional<Account> find_user(uid_t uid) const override {
    return find([&](const Account& account) { return account.uid == uid; });
  }
  [[nodiscard]] std::optional<gid_t> find_group(std::string_view name) const override {
    const auto found = find([&](const Account& account) { return account.group == name; });
    return found ? std::optional(found->gid) : std::nullopt;
  }
  [[nodiscard]] StopSignals& stop_signals() override { return stops; }
  [[nodiscard]] Result<Finished> run(const Command& command) override {
    commands.push_back(command);
    return on_run(command);
  }
  [[nodiscard]] Result<std::optional<Access>> first_denied(
      const Account& /*account*/, const std::vector<Access>& accesses) override {
    for (const Access& access : accesses)
      if (!closed_path.empty() && access.path == closed_path) return access;
    return std::nullopt;
  }
  [[nodiscard]] Granted granted() const override { return limits; }
  void warn(std::string_view sentence) override { warnings.emplace_back(sentence); }

 private:
  template <typename Predicate>
  [[nodiscard]] std::optional<Account> find(Predicate matches) const {
    const auto found = std::find_if(users.begin(), users.end(), matches);
    return found == users.end() ? std::nullopt : std::optional(*found);
  }
};

}  // namespace warp
