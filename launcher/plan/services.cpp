#include "launcher/plan/services.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp {
namespace {

// The last one that was said counts.
std::string said_of(const std::vector<Pair>& pairs, const std::string& name) {
  const auto found = std::find_if(pairs.rbegin(), pairs.rend(),
                                  [&](const Pair& pair) { return pair.first == name; });
  return found == pairs.rend() ? std::string() : found->second;
}

tl::unexpected<Error> only_root(const char* option, const std::string& name,
                                const std::string& value) {
  return fail(Errc::kNoPermission, std::string(option) + " " + name + " " + printable(value) +
                                       ": only root can choose whom a service runs as; leave it "
                                       "out or start as root");
}

Result<Account> user_of(const std::string& name, const Plan& plan, const Host& host) {
  const Settings& settings = plan.settings;
  Account account = plan.project.user;
  const bool is_root = host.current_user().uid == 0;
  const std::string user = said_of(settings.service_users, name);
  if (!user.empty() && user != account.name) {
    if (!is_root) return only_root("--service-user", name, user);
    const auto found = host.find_user(user);
    if (!found)
      return fail(Errc::kNotFound, "--service-user " + name + ": no user " + printable(user));
    account = *found;
  }
  const std::string group = said_of(settings.service_groups, name);
  if (!group.empty() && group != account.group) {
    if (!is_root) return only_root("--service-group", name, group);
    const auto found = host.find_group(group);
    if (!found)
      return fail(Errc::kNotFound, "--service-group " + name + ": no group " + printable(group));
    account.group = group;
    account.gid = *found;
  }
  return account;
}

std::string log_of(const std::string& name, const Plan& plan) {
  const Settings& settings = plan.settings;
  std::string said = said_of(settings.service_log_files, name);
  if (!said.empty() || settings.log_to_terminal) return said;
  const std::string& folder =
      settings.log_directory.empty() ? plan.server_root : settings.log_directory;
  return folder + "/" + name + ".log";
}

}  // namespace

Result<std::vector<Service>> plan_services(const Plan& plan, const Host& host) {
  std::vector<Service> services;
  if (!plan.settings.service_scripts.empty() && plan.project.python.executable.empty())
    return fail(Errc::kNotFound,
                "--service-script: there is no program python for the project's Python; install "
                "it, or name another with --python-home");
  for (const auto& [name, script] : plan.settings.service_scripts) {
    WARP_TRY(const Account user, user_of(name, plan, host));
    services.push_back(
        {.name = name, .script = script, .user = user, .log_file = log_of(name, plan)});
  }
  return services;
}

}  // namespace warp
