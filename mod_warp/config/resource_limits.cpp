#include "mod_warp/config/resource_limits.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <array>

namespace warp {
namespace {

struct Wanted {
  std::string_view option;
  decltype(RLIMIT_NOFILE) resource;
  std::optional<std::uint64_t> value;
};

constexpr auto kRemedy =
    "; raise that one (LimitNOFILE= and the like of systemd, ulimit -H, APACHE_ULIMIT_MAX_FILES of "
    "Debian's apachectl), or ask for less";

// Zero: not asked for.
std::optional<std::uint64_t> unless_zero(std::uint64_t value) {
  return value == 0 ? std::nullopt : std::optional(value);
}

Result<> check(const Wanted& wanted) {
  rlimit own{};
  if (!wanted.value || ::getrlimit(wanted.resource, &own) != 0) return {};
  if (own.rlim_max == RLIM_INFINITY || *wanted.value <= own.rlim_max) return {};
  return fail(Errc::kInvalidDirective, std::string(wanted.option) + "=" +
                                           std::to_string(*wanted.value) +
                                           " is more than httpd's own hard limit, " +
                                           std::to_string(own.rlim_max) + kRemedy);
}

}  // namespace

Result<> check_resource_limits(const wire::GroupConfig& config) {
  const std::array<Wanted, 4> limits{
      Wanted{"open-files-limit", RLIMIT_NOFILE, unless_zero(config.open_files_limit)},
      Wanted{"core-size-limit", RLIMIT_CORE, config.core_size_limit},
      Wanted{"data-size-limit", RLIMIT_DATA, unless_zero(config.data_size_limit)},
      Wanted{"virtual-memory-limit", RLIMIT_AS, unless_zero(config.virtual_memory_limit)}};
  for (const Wanted& wanted : limits) WARP_CHECK(check(wanted));
  if (config.cpu_priority < 0 && ::geteuid() != 0)
    return fail(Errc::kInvalidDirective,
                "cpu-priority=" + std::to_string(config.cpu_priority) +
                    " needs httpd to be started as root: only root can put a process before "
                    "others; write 0 to 19, or leave it out");
  return {};
}

}  // namespace warp
