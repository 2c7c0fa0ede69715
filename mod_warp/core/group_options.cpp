#include "mod_warp/core/group_options.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "mod_warp/core/arguments.hpp"

namespace warp::core {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::uint64_t kMostSeconds = 604'800;  // a week

tl::unexpected<Error> wrong(std::string what) {
  return fail(Errc::kInvalidDirective, std::move(what));
}

template <auto Field, std::uint64_t Lowest, std::uint64_t Highest>
Result<> set_number(GroupOptions& options, std::string_view text) {
  const auto number = parse_unsigned(text);
  if (!number || *number < Lowest || *number > Highest)
    return wrong("is not a number from " + std::to_string(Lowest) + " to " +
                 std::to_string(Highest));
  using Number = typename std::remove_reference_t<decltype(options.*Field)>::value_type;
  options.*Field = static_cast<Number>(*number);
  return {};
}

template <auto Field, std::uint64_t Lowest = 1>
Result<> set_seconds(GroupOptions& options, std::string_view text) {
  const auto number = parse_unsigned(text);
  if (!number || *number < Lowest || *number > kMostSeconds)
    return wrong("is not a number of seconds from " + std::to_string(Lowest) + " to " +
                 std::to_string(kMostSeconds));
  options.*Field = std::chrono::seconds(static_cast<std::int64_t>(*number));
  return {};
}

template <auto Field>
Result<> set_bytes(GroupOptions& options, std::string_view text) {
  const auto bytes = parse_bytes(text);
  if (!bytes) return wrong("is not a number of bytes, or of K, M or G of them");
  options.*Field = *bytes;
  return {};
}

template <auto Field>
Result<> set_switch(GroupOptions& options, std::string_view text) {
  const bool is_on = equals_ignoring_case(text, "on");
  if (!is_on && !equals_ignoring_case(text, "off")) return wrong("is neither on nor off");
  options.*Field = is_on;
  return {};
}

template <auto Field>
Result<> set_text(GroupOptions& options, std::string_view text) {
  if (text.empty()) return wrong("has no value");
  options.*Field = std::string(text);
  return {};
}

Result<> set_python_path(GroupOptions& options, std::string_view text) {
  std::vector<std::string> directories;
  for (const std::string_view directory : split(text, ':'))
    if (!directory.empty()) directories.emplace_back(directory);
  if (directories.empty()) return wrong("names no directory");
  options.python_path = std::move(directories);
  return {};
}

Result<> set_sendfile_path(GroupOptions& options, std::string_view text) {
  std::vector<std::string> roots;
  for (const std::string_view root : split(text, ':')) {
    if (!root.starts_with('/')) return wrong("is not a list of absolute paths");
    roots.emplace_back(root);
  }
  options.sendfile_path = std::move(roots);
  return {};
}

Result<> set_switch_interval(GroupOptions& options, std::string_view text) {
  const auto interval = parse_seconds(text);
  constexpr std::chrono::microseconds kShortest{1};
  constexpr std::chrono::microseconds kLongest = std::chrono::seconds(10);
  if (!interval || *interval < kShortest || *interval > kLongest)
    return wrong("is not a number of seconds from 0.000001 to 10");
  options.switch_interval = *interval;
  return {};
}

Result<> set_umask(GroupOptions& options, std::string_view text) {
  std::uint32_t mask = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '7' || mask > 0777)
      return wrong("is not an octal number from 0 to 0777");
    mask = mask * 8 + static_cast<std::uint32_t>(digit - '0');
  }
  if (text.empty() || mask > 0777) return wrong("is not an octal number from 0 to 0777");
  options.umask = mask;
  return {};
}

using Options = GroupOptions;
constexpr std::array kOptions = {
    GroupOption{"processes", "1 to 256", "1", "Workers of the group",
                set_number<&Options::processes, 1, wire::kMaxProcesses>},
    GroupOption{"threads", "1 to 1024", "15", "Requests that a worker handles at the same time",
                set_number<&Options::threads, 1, wire::kMaxThreads>},
    GroupOption{"user", "name or #id", "httpd's User",
                "User that the workers run as; needs httpd to be started as root. root only when "
                "written so",
                set_text<&Options::user>},
    GroupOption{"group", "name or #id", "the user's own group", "Group that the workers run as",
                set_text<&Options::group>},
    GroupOption{"home", "directory", "the script's folder, else /",
                "Working directory of the workers", set_text<&Options::home>},
    GroupOption{"umask", "octal", "0022", "File creation mask of the workers", set_umask},
    GroupOption{"python-home", "directory", "the system's Python",
                "Virtual environment, or prefix of a Python; its version decides which worker "
                "program is used",
                set_text<&Options::python_home>},
    GroupOption{"python-path", "directories, separated by :", "none", "Put in front of sys.path",
                set_python_path},
    GroupOption{"display-name", "text", "none", "Title of the workers in the process list",
                set_text<&Options::display_name>},
    GroupOption{"lang", "locale name", "httpd's LANG", "LANG of the workers",
                set_text<&Options::language>},
    GroupOption{"locale", "locale name", "httpd's LC_ALL", "LC_ALL of the workers",
                set_text<&Options::locale>},
    GroupOption{"preload", "on or off", "on with more than one process",
                "One process imports the application and forks the workers, which share its "
                "memory",
                set_switch<&Options::preload>},
    GroupOption{"reload-on-changes", "on or off", "off",
                "For development: the group is reloaded when a file of the project that is "
                "imported has changed",
                set_switch<&Options::reload_on_changes>},
    GroupOption{"restart-interval", "seconds", "0 (never)",
                "A worker is replaced after that time, or up to a tenth more",
                set_seconds<&Options::restart_interval, 0>},
    GroupOption{"inactivity-timeout", "seconds", "0 (never)",
                "A worker that has served requests, and none for so long, is replaced",
                set_seconds<&Options::inactivity_timeout, 0>},
    GroupOption{"cpu-time-limit", "seconds", "0 (none)",
                "A worker that has used so much CPU time is replaced",
                set_seconds<&Options::cpu_time_limit, 0>},
    GroupOption{"memory-limit", "bytes, K, M or G", "0 (none)",
                "A worker whose resident memory is more is replaced",
                set_bytes<&Options::memory_limit>},
    GroupOption{"memory-hard-limit", "bytes, K, M or G", "0 (none)",
                "A worker whose resident memory is more is killed, with its requests",
                set_bytes<&Options::memory_hard_limit>},
    GroupOption{"startup-timeout", "seconds", "60",
                "A worker that is not ready by then is stopped and started again",
                set_seconds<&Options::startup_timeout>},
    GroupOption{"request-timeout", "seconds", "300",
                "A client gets 504 when the application, once called, is silent for so long",
                set_seconds<&Options::request_timeout>},
    GroupOption{"interrupt-timeout", "seconds, or 0", "0",
                "When a request exceeds request-timeout, warp.RequestTimeout is raised in its "
                "thread; only if the request has not ended after this time is the worker "
                "replaced. 0: the worker is replaced at once",
                set_seconds<&Options::interrupt_timeout, 0>},
    GroupOption{"deadlock-timeout", "seconds, or 0", "300",
                "A worker whose Python interpreter can run no thread for so long (one holds the "
                "GIL) is ended. 0: never",
                set_seconds<&Options::deadlock_timeout, 0>},
    GroupOption{"graceful-timeout", "seconds", "15",
                "Time that a stopping worker has for finishing its requests",
                set_seconds<&Options::graceful_timeout>},
    GroupOption{"shutdown-timeout", "seconds", "5", "Time after that until the worker is killed",
                set_seconds<&Options::shutdown_timeout>},
    GroupOption{"connect-timeout", "seconds", "15",
                "A client gets 503 when there is no worker for so long",
                set_seconds<&Options::connect_timeout>},
    GroupOption{"queue-timeout", "seconds", "45",
                "A client gets 504 when its request has waited so long for a free thread",
                set_seconds<&Options::queue_timeout>},
    GroupOption{"queue-limit", "0 to 10000", "100",
                "So many requests, of all clients, may wait for a free thread; the next one is "
                "answered 503",
                set_number<&Options::queue_limit, 0, 10'000>},
    GroupOption{"saturation-timeout", "seconds, or 0", "0 (never)",
                "The page readyz says no after no thread has been free for so long; see "
                "docs/management.md",
                set_seconds<&Options::saturation_timeout, 0>},
    GroupOption{"retry-non-idempotent", "on or off", "off",
                "A request whose worker has died goes to another worker, once, even if its method "
                "is not safe (POST, PUT, ...) and the application had been called with it",
                set_switch<&Options::retry_non_idempotent>},
    GroupOption{"socket-timeout", "seconds", "60",
                "Longest silence within one transfer between httpd and a worker",
                set_seconds<&Options::socket_timeout>},
    GroupOption{"maximum-requests", "0 to 1000000000", "0",
                "A worker is replaced when it has served so many requests, or, by chance, up to a "
                "tenth more, so that not all are replaced at once. 0: never",
                set_number<&Options::maximum_requests, 0, 1'000'000'000>},
    GroupOption{"cpu-priority", "0 to 19", "0",
                "Niceness of the workers, as of nice(1): 19 gives way to everything else",
                set_number<&Options::cpu_priority, 0, 19>},
    GroupOption{"stack-size", "131072 to 1073741824 bytes", "the system's",
                "Stack of each thread of a worker, those that the application starts included",
                set_number<&Options::stack_size, 131'072, 1'073'741'824>},
    GroupOption{"virtual-memory-limit", "67108864 to 1099511627776 bytes", "none",
                "Address space of a worker (RLIMIT_AS); beyond it Python raises MemoryError",
                set_number<&Options::virtual_memory_limit, 67'108'864, 1'099'511'627'776>},
    GroupOption{"switch-interval", "seconds, 0.000001 to 10", "Python's, 0.005",
                "How long a thread may run Python while another one waits to "
                "(sys.setswitchinterval)",
                set_switch_interval},
    GroupOption{"sendfile-path", "directories, separated by :", "none",
                "Where the files may be that the application names in X-Sendfile, for httpd to "
                "send; without it that header field is one like any other",
                set_sendfile_path},
    GroupOption{"request-head-size", "8192 to 1048576 bytes", "1048576",
                "A client gets 431 when the variables of its request exceed it",
                set_number<&Options::request_head_size, 8192, wire::kMaxRequestHead>},
    GroupOption{"response-head-size", "4096 to 262144 bytes", "262144",
                "A client gets 502 when the header fields of a response exceed it",
                set_number<&Options::response_head_size, 4096, wire::kMaxResponseHead>},
    GroupOption{"preload-size", "0 to 131064 bytes", "65536",
                "As much of a request's body goes to the worker at once with its head, if it has "
                "arrived; the rest when the application reads",
                set_number<&Options::preload_size, 0, wire::kMaxBodyPayload>},
    GroupOption{"response-window", "4096 to 16777216 bytes", "524288",
                "As much of a response can wait for a slow client while the worker goes on; the "
                "kernel's net.core.wmem_max bounds it",
                set_number<&Options::response_window, 4096, 16'777'216>},
};

std::string names_of_options() {
  std::vector<std::string> names;
  for (const GroupOption& option : kOptions) names.emplace_back(option.name);
  return join(names, " ");
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

template <typename Value>
void override_with(Value& value, const std::optional<Value>& written) {
  if (written) value = *written;
}

}  // namespace

std::span<const GroupOption> group_options() { return kOptions; }

Result<> set_group_option(GroupOptions& options, std::string_view word) {
  const auto option = split_option(word);
  if (!option) return wrong("'" + printable(word) + "' is not of the form option=value");
  const std::string_view name = option->first;
  const auto found = std::find_if(kOptions.begin(), kOptions.end(),
                                  [&](const GroupOption& each) { return each.name == name; });
  if (found == kOptions.end())
    return wrong("there is no option '" + printable(name) + "'; there are: " + names_of_options());
  if (const auto set = found->set(options, option->second); !set)
    return wrong(printable(word) + " " + set.error().detail);
  return {};
}

Result<> check_group_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName ||
      !std::all_of(name.begin(), name.end(), is_name_character))
    return wrong("'" + printable(name) +
                 "' is not a name of at most 64 letters, digits, '.', '_' and '-'");
  return {};
}

void apply(const GroupOptions& options, wire::GroupConfig& config) {
  override_with(config.processes, options.processes);
  override_with(config.threads, options.threads);
  override_with(config.umask, options.umask);
  override_with(config.display_name, options.display_name);
  override_with(config.language, options.language);
  override_with(config.locale, options.locale);
  override_with(config.startup_timeout, options.startup_timeout);
  override_with(config.request_timeout, options.request_timeout);
  override_with(config.interrupt_timeout, options.interrupt_timeout);
  override_with(config.deadlock_timeout, options.deadlock_timeout);
  override_with(config.maximum_requests, options.maximum_requests);
  override_with(config.cpu_priority, options.cpu_priority);
  override_with(config.stack_size, options.stack_size);
  override_with(config.virtual_memory_limit, options.virtual_memory_limit);
  override_with(config.switch_interval, options.switch_interval);
  override_with(config.graceful_timeout, options.graceful_timeout);
  override_with(config.shutdown_timeout, options.shutdown_timeout);
  override_with(config.socket_timeout, options.socket_timeout);
  override_with(config.sendfile_paths, options.sendfile_path);
  config.preload = options.preload.value_or(config.processes > 1);
  override_with(config.reload_on_changes, options.reload_on_changes);
  override_with(config.restart_interval, options.restart_interval);
  override_with(config.inactivity_timeout, options.inactivity_timeout);
  override_with(config.cpu_time_limit, options.cpu_time_limit);
  override_with(config.memory_limit, options.memory_limit);
  override_with(config.memory_hard_limit, options.memory_hard_limit);
}

Limits limits_of(const GroupOptions& options) {
  Limits limits;
  override_with(limits.request_head, options.request_head_size);
  override_with(limits.response_head, options.response_head_size);
  override_with(limits.preload, options.preload_size);
  override_with(limits.response_window, options.response_window);
  return limits;
}

QueueRules queue_rules_of(const GroupOptions& options) {
  QueueRules rules;
  override_with(rules.connect_timeout, options.connect_timeout);
  override_with(rules.queue_timeout, options.queue_timeout);
  override_with(rules.queue_limit, options.queue_limit);
  override_with(rules.saturation_timeout, options.saturation_timeout);
  override_with(rules.retry_non_idempotent, options.retry_non_idempotent);
  return rules;
}

}  // namespace warp::core
