#include "wire/group_config.hpp"

#include <array>
#include <limits>

#include "base/strings.hpp"

namespace warp::wire {
namespace {

constexpr char kPathSeparator = ':';

Result<> set(std::string& field, std::string_view text) {
  field = text;
  return {};
}

Result<> set(std::vector<std::string>& field, std::string_view text) {
  field.clear();
  for (const std::string_view part : split(text, kPathSeparator))
    if (!part.empty()) field.emplace_back(part);
  return {};
}

Result<> set(bool& field, std::string_view text) {
  if (text != "on" && text != "off")
    return fail(Errc::kProtocol, "'" + printable(text) + "' is neither on nor off");
  field = text == "on";
  return {};
}

Result<> set(std::uint32_t& field, std::string_view text) {
  const auto number = parse_unsigned(text);
  if (!number || *number > std::numeric_limits<std::uint32_t>::max())
    return fail(Errc::kProtocol, "'" + printable(text) + "' is not a 32-bit number");
  field = static_cast<std::uint32_t>(*number);
  return {};
}

Result<> set(std::uint64_t& field, std::string_view text) {
  const auto number = parse_unsigned(text);
  if (!number) return fail(Errc::kProtocol, "'" + printable(text) + "' is not a number");
  field = *number;
  return {};
}

Result<> set(std::optional<std::uint64_t>& field, std::string_view text) {
  if (text.empty()) return field = std::nullopt, Result<>();
  return set(field.emplace(), text);
}

Result<> set(std::int32_t& field, std::string_view text) {
  using Limits = std::numeric_limits<std::int32_t>;
  const auto number = parse_integer(text);
  if (!number || *number < Limits::min() || *number > Limits::max())
    return fail(Errc::kProtocol, "'" + printable(text) + "' is not a 32-bit integer");
  field = static_cast<std::int32_t>(*number);
  return {};
}

template <typename Period>
Result<> set(std::chrono::duration<std::int64_t, Period>& field, std::string_view text) {
  // 34 years in milliseconds: far from any overflow.
  constexpr std::uint64_t kLongest = std::uint64_t{1} << 40U;
  const auto number = parse_unsigned(text);
  if (!number || *number > kLongest)
    return fail(Errc::kProtocol, "'" + printable(text) + "' is not a length of time");
  field = std::chrono::duration<std::int64_t, Period>(static_cast<std::int64_t>(*number));
  return {};
}

Result<> set(TargetKind& field, std::string_view text) {
  if (text != "script" && text != "module")
    return fail(Errc::kProtocol, "'" + printable(text) + "' is neither script nor module");
  field = text == "script" ? TargetKind::kScript : TargetKind::kModule;
  return {};
}

std::string text_of(const std::string& field) { return field; }
std::string text_of(const std::vector<std::string>& field) { return join(field, ":"); }
std::string text_of(bool field) { return field ? "on" : "off"; }
std::string text_of(std::uint32_t field) { return std::to_string(field); }
std::string text_of(std::uint64_t field) { return std::to_string(field); }
std::string text_of(std::int32_t field) { return std::to_string(field); }
std::string text_of(const std::optional<std::uint64_t>& field) {
  return field ? text_of(*field) : std::string();
}
template <typename Period>
std::string text_of(std::chrono::duration<std::int64_t, Period> field) {
  return std::to_string(field.count());
}
std::string text_of(TargetKind field) { return field == TargetKind::kScript ? "script" : "module"; }

struct Key {
  std::string_view name;
  Result<> (*read)(GroupConfig&, std::string_view);
  std::string (*write)(const GroupConfig&);
};

template <auto Field>
constexpr Key key(std::string_view name) {
  return {name, [](GroupConfig& config, std::string_view text) { return set(config.*Field, text); },
          [](const GroupConfig& config) { return text_of(config.*Field); }};
}

constexpr std::array kKeys = {
    key<&GroupConfig::name>("name"),
    key<&GroupConfig::processes>("processes"),
    key<&GroupConfig::threads>("threads"),
    key<&GroupConfig::worker_program>("worker-program"),
    key<&GroupConfig::python_home>("python-home"),
    key<&GroupConfig::python_path>("python-path"),
    key<&GroupConfig::target_kind>("target-kind"),
    key<&GroupConfig::target>("target"),
    key<&GroupConfig::callable>("callable"),
    key<&GroupConfig::import_scripts>("import-scripts"),
    key<&GroupConfig::script_reloading>("script-reloading"),
    key<&GroupConfig::reload_on_changes>("reload-on-changes"),
    key<&GroupConfig::preload>("preload"),
    key<&GroupConfig::explains_errors>("explains-errors"),
    key<&GroupConfig::debugger>("debugger"),
    key<&GroupConfig::profile_folder>("profile-folder"),
    key<&GroupConfig::coverage_folder>("coverage-folder"),
    key<&GroupConfig::sendfile_paths>("sendfile-paths"),
    key<&GroupConfig::restrict_stdin>("restrict-stdin"),
    key<&GroupConfig::restrict_stdout>("restrict-stdout"),
    key<&GroupConfig::restrict_signal>("restrict-signal"),
    key<&GroupConfig::home>("home"),
    key<&GroupConfig::user_name>("user-name"),
    key<&GroupConfig::user_home>("user-home"),
    key<&GroupConfig::display_name>("display-name"),
    key<&GroupConfig::language>("language"),
    key<&GroupConfig::locale>("locale"),
    key<&GroupConfig::log_level>("log-level"),
    key<&GroupConfig::httpd_version>("httpd-version"),
    key<&GroupConfig::umask>("umask"),
    key<&GroupConfig::cpu_priority>("cpu-priority"),
    key<&GroupConfig::stack_size>("stack-size"),
    key<&GroupConfig::virtual_memory_limit>("virtual-memory-limit"),
    key<&GroupConfig::data_size_limit>("data-size-limit"),
    key<&GroupConfig::open_files_limit>("open-files-limit"),
    key<&GroupConfig::core_size_limit>("core-size-limit"),
    key<&GroupConfig::switch_interval>("switch-interval"),
    key<&GroupConfig::maximum_requests>("maximum-requests"),
    key<&GroupConfig::startup_timeout>("startup-timeout"),
    key<&GroupConfig::request_timeout>("request-timeout"),
    key<&GroupConfig::interrupt_timeout>("interrupt-timeout"),
    key<&GroupConfig::slow_request>("slow-request"),
    key<&GroupConfig::deadlock_timeout>("deadlock-timeout"),
    key<&GroupConfig::graceful_timeout>("graceful-timeout"),
    key<&GroupConfig::eviction_timeout>("eviction-timeout"),
    key<&GroupConfig::shutdown_timeout>("shutdown-timeout"),
    key<&GroupConfig::socket_timeout>("socket-timeout"),
    key<&GroupConfig::restart_interval>("restart-interval"),
    key<&GroupConfig::inactivity_timeout>("inactivity-timeout"),
    key<&GroupConfig::cpu_time_limit>("cpu-time-limit"),
    key<&GroupConfig::memory_limit>("memory-limit"),
    key<&GroupConfig::memory_hard_limit>("memory-hard-limit"),
};

Result<> check(const GroupConfig& config) {
  if (config.processes < 1 || config.processes > kMaxProcesses)
    return fail(Errc::kProtocol,
                "processes=" + std::to_string(config.processes) + " is out of range");
  if (config.threads < 1 || config.threads > kMaxThreads)
    return fail(Errc::kProtocol, "threads=" + std::to_string(config.threads) + " is out of range");
  return {};
}

}  // namespace

std::string encode_group_config(const GroupConfig& config) {
  std::string bytes;
  for (const Key& each : kKeys) {
    bytes.append(each.name).push_back('\0');
    bytes.append(each.write(config)).push_back('\0');
  }
  return bytes;
}

Result<GroupConfig> decode_group_config(std::string_view bytes) {
  if (bytes.empty() || bytes.back() != '\0')
    return fail(Errc::kProtocol, "group configuration is cut short");
  bytes.remove_suffix(1);
  const std::vector<std::string_view> texts = split(bytes, '\0');
  if (texts.size() != 2 * kKeys.size())
    return fail(Errc::kProtocol, "group configuration with " + std::to_string(texts.size()) +
                                     " texts instead of " + std::to_string(2 * kKeys.size()));
  GroupConfig config;
  for (std::size_t i = 0; i < kKeys.size(); ++i) {
    if (texts[2 * i] != kKeys[i].name)
      return fail(Errc::kProtocol, "group configuration with key '" + printable(texts[2 * i]) +
                                       "' in place of " + std::string(kKeys[i].name));
    WARP_CHECK(kKeys[i].read(config, texts[2 * i + 1]));
  }
  WARP_CHECK(check(config));
  return config;
}

}  // namespace warp::wire
