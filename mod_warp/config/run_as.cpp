#include "mod_warp/config/run_as.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>

#include "base/strings.hpp"
#include "base/unique_fd.hpp"
#include "mod_warp/apache.hpp"

namespace warp {
namespace {

struct User {
  uid_t id = 0;
  gid_t group = 0;
  std::string name;
  std::string home;
};

constexpr std::size_t kLargestEntry = std::size_t{64} << 10U;

tl::unexpected<Error> wrong(std::string what) {
  return fail(Errc::kInvalidDirective, std::move(what));
}

std::optional<std::uint32_t> numeric_id(std::string_view text) {
  if (!text.starts_with('#')) return std::nullopt;
  const auto number = parse_unsigned(text.substr(1));
  constexpr std::uint32_t kNobody = 0xffffffff;  // (uid_t)-1 means "unchanged" to the kernel
  if (!number || *number >= kNobody) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

User to_user(const passwd& entry) {
  return {.id = entry.pw_uid, .group = entry.pw_gid, .name = entry.pw_name, .home = entry.pw_dir};
}

std::optional<User> user_named(const std::string& name) {
  std::vector<char> memory(kLargestEntry);
  passwd entry{};
  passwd* found = nullptr;
  ::getpwnam_r(name.c_str(), &entry, memory.data(), memory.size(), &found);
  return found == nullptr ? std::nullopt : std::optional(to_user(*found));
}

// A number needs no entry: containers run as users that no file knows.
User user_numbered(uid_t id) {
  std::vector<char> memory(kLargestEntry);
  passwd entry{};
  passwd* found = nullptr;
  ::getpwuid_r(id, &entry, memory.data(), memory.size(), &found);
  if (found != nullptr) return to_user(*found);
  return {.id = id, .group = id, .name = std::to_string(id), .home = "/"};
}

Result<User> find_user(const std::string& text) {
  if (const auto id = numeric_id(text)) return user_numbered(*id);
  if (const auto user = user_named(text)) return *user;
  return wrong("user=" + printable(text) + ": there is no such user");
}

Result<gid_t> find_group(std::string_view option, const std::string& text) {
  if (const auto id = numeric_id(text)) return *id;
  std::vector<char> memory(kLargestEntry);
  struct group entry {};
  struct group* found = nullptr;
  ::getgrnam_r(text.c_str(), &entry, memory.data(), memory.size(), &found);
  if (found == nullptr)
    return wrong(std::string(option) + printable(text) + ": there is no such group");
  return found->gr_gid;
}

constexpr std::string_view kGroup = "group=";
constexpr std::string_view kSupplementary = "supplementary-groups=";

// The accounts' own files say which, unless the directive does.
Result<std::vector<gid_t>> supplementary_groups(const core::GroupOptions& options, const User& user,
                                                gid_t primary) {
  if (options.supplementary_groups) {
    std::vector<gid_t> named;
    for (const std::string& text : *options.supplementary_groups) {
      WARP_TRY(const gid_t group, find_group(kSupplementary, text));
      named.push_back(group);
    }
    return named;
  }
  int count = 64;
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  while (::getgrouplist(user.name.c_str(), primary, groups.data(), &count) < 0)
    groups.resize(static_cast<std::size_t>(count));
  groups.resize(static_cast<std::size_t>(count));
  return groups;
}

Result<RunAs> stay(const core::GroupOptions& options) {
  const uid_t self = ::geteuid();
  const std::string remedy =
      " needs httpd to be started as root, and it runs as " + user_numbered(self).name;
  if (options.user) {
    WARP_TRY(const User user, find_user(*options.user));
    if (user.id != self) return wrong("user=" + printable(*options.user) + remedy);
  }
  if (options.group) {
    WARP_TRY(const gid_t group, find_group(kGroup, *options.group));
    if (group != ::getegid()) return wrong("group=" + printable(*options.group) + remedy);
  }
  if (options.supplementary_groups)
    return wrong(std::string(kSupplementary) + printable(join(*options.supplementary_groups, ",")) +
                 remedy);
  return RunAs{.user = self, .group = ::getegid(), .groups = {}, .name = {}, .home = {}};
}

Result<User> user_of(const core::GroupOptions& options) {
  if (options.user) return find_user(*options.user);
  constexpr auto kUnset = static_cast<uid_t>(-1);
  if (ap_unixd_config.user_id == kUnset)
    return wrong(
        "httpd runs as root and no user is named; write user=NAME, or User NAME for httpd");
  User user = user_numbered(ap_unixd_config.user_id);
  user.group = ap_unixd_config.group_id;
  return user;
}

Result<RunAs> switch_to(const core::GroupOptions& options) {
  WARP_TRY(const User user, user_of(options));
  if (user.id == 0 && options.user != "root")
    return wrong(
        "the workers would run as root; name another user, or write user=root if that is "
        "meant");
  if (user.id == 0 && options.supplementary_groups)
    return wrong(std::string(kSupplementary) +
                 " is of no use to root, who needs no group; leave it out, or name another user");
  RunAs run_as{.is_switched = user.id != 0,
               .user = user.id,
               .group = user.group,
               .groups = {},
               .name = user.id != 0 ? user.name : std::string(),
               .home = user.id != 0 ? user.home : std::string()};
  if (options.group) {
    WARP_TRY(run_as.group, find_group(kGroup, *options.group));
  }
  WARP_TRY(run_as.groups, supplementary_groups(options, user, run_as.group));
  return run_as;
}

bool may(const NeededPath& needed) noexcept {
  return ::access(needed.path.c_str(), needed.access == Access::kRead ? R_OK : X_OK) == 0;
}

// In the process of the user: the number of the first path that can't be used, or their count.
[[noreturn]] void report_access(const RunAs& run_as, const std::vector<NeededPath>& needed,
                                int report) noexcept {
  std::array<int, 2> answer{-1, 0};
  if (become(run_as)) {
    answer[0] = 0;
    for (const NeededPath& each : needed) {
      if (!may(each)) break;
      ++answer[0];
    }
  }
  answer[1] = errno;
  ::_exit(::write(report, answer.data(), sizeof answer) == sizeof answer ? 0 : 1);
}

Result<std::array<int, 2>> ask_as(const RunAs& run_as, const std::vector<NeededPath>& needed) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("pipe");
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  const pid_t pid = ::fork();
  if (pid < 0) return fail_errno("fork");
  if (pid == 0) report_access(run_as, needed, writer.get());
  writer.reset();
  std::array<int, 2> answer{};
  const ssize_t size = ::read(reader.get(), answer.data(), sizeof answer);
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  if (size != sizeof answer) return fail(Errc::kInternal, "the process that tries paths has died");
  return answer;
}

}  // namespace

Result<RunAs> resolve_run_as(const core::GroupOptions& options) {
  return ::geteuid() == 0 ? switch_to(options) : stay(options);
}

Result<> check_access(const RunAs& run_as, const std::vector<NeededPath>& needed) {
  WARP_TRY(const auto answer, ask_as(run_as, needed));
  const auto [usable, error] = answer;
  const std::string user = run_as.is_switched ? run_as.name : user_numbered(run_as.user).name;
  if (usable < 0) return fail_errno("become user " + user, error);
  const auto index = static_cast<std::size_t>(usable);
  if (index >= needed.size()) return {};
  return fail(Errc::kNoPermission,
              "user " + user + " can't " +
                  (needed[index].access == Access::kRead ? "read " : "enter ") +
                  needed[index].path +
                  "; give that user the right to, on it and on all folders above it, or name "
                  "another user with user=");
}

bool become(const RunAs& run_as) noexcept {
  if (!run_as.is_switched) return true;
  return ::setgroups(run_as.groups.size(), run_as.groups.data()) == 0 &&
         ::setgid(run_as.group) == 0 && ::setuid(run_as.user) == 0;
}

}  // namespace warp
