#include "supervisor/process_facts.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <ctime>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/strings.hpp"
#include "base/unique_fd.hpp"

namespace warp::supervisor {
namespace {

// Enough for each of the files; what is beyond is not looked at.
constexpr std::size_t kMostRead = 8192;

std::string read_proc(pid_t pid, const char* name) {
  const std::string path = "/proc/" + std::to_string(pid) + "/" + name;
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return {};
  std::array<char, kMostRead> buffer{};
  const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
  return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
}

// The text after "Name:" in a file of such lines.
std::string_view field_of(std::string_view text, std::string_view name) {
  for (const std::string_view line : split(text, '\n'))
    if (line.starts_with(name)) return trim(line.substr(name.size()));
  return {};
}

std::uint64_t signal_mask(std::string_view hexadecimal) {
  std::uint64_t mask = 0;
  std::from_chars(hexadecimal.data(), hexadecimal.data() + hexadecimal.size(), mask, 16);
  return mask;
}

// Of the file "stat": what is behind the command's name, which may hold anything, also parentheses.
std::string behind_name(pid_t pid) {
  const std::string text = read_proc(pid, "stat");
  const auto end_of_name = text.rfind(") ");
  return end_of_name == std::string::npos ? std::string() : text.substr(end_of_name + 2);
}

// Fields of the file "stat" behind the command's name; in proc(5) they are 22, 14 and 15.
constexpr std::size_t kStartTime = 19;
constexpr std::size_t kUserTime = 11;
constexpr std::size_t kSystemTime = 12;

// Their sum.
std::optional<std::chrono::milliseconds> stat_ticks(pid_t pid,
                                                    std::initializer_list<std::size_t> wanted) {
  const std::string text = behind_name(pid);
  const auto fields = split(text, ' ');
  std::uint64_t sum = 0;
  for (const std::size_t field : wanted) {
    const auto ticks = field < fields.size() ? parse_unsigned(fields[field]) : std::nullopt;
    if (!ticks) return std::nullopt;
    sum += *ticks;
  }
  return std::chrono::milliseconds(sum * 1000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK)));
}

}  // namespace

std::optional<std::uint64_t> resident_bytes(pid_t pid) {
  const std::string text = read_proc(pid, "statm");
  const auto fields = split(text, ' ');
  const auto pages = fields.size() > 1 ? parse_unsigned(fields[1]) : std::nullopt;
  if (!pages) return std::nullopt;
  return *pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::optional<std::uint64_t> proportional_bytes(pid_t pid) {
  const std::string text = read_proc(pid, "smaps_rollup");
  const auto kibibytes = parse_unsigned(split(field_of(text, "Pss:"), ' ').front());
  if (!kibibytes) return std::nullopt;
  return *kibibytes * 1024;
}

std::optional<std::chrono::milliseconds> uptime_of(pid_t pid) {
  const auto started = stat_ticks(pid, {kStartTime});
  timespec now{};
  if (!started || ::clock_gettime(CLOCK_BOOTTIME, &now) != 0) return std::nullopt;
  const auto since_boot = std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
  return std::max(std::chrono::milliseconds(0),
                  std::chrono::duration_cast<std::chrono::milliseconds>(since_boot) - *started);
}

std::optional<std::chrono::milliseconds> cpu_time_of(pid_t pid) {
  return stat_ticks(pid, {kUserTime, kSystemTime});
}

bool is_stopped(pid_t pid) { return behind_name(pid).starts_with('T'); }

bool takes_signal(pid_t pid, int signal) {
  const std::string text = read_proc(pid, "status");
  const std::uint64_t mask =
      signal_mask(field_of(text, "SigCgt:")) | signal_mask(field_of(text, "SigBlk:"));
  return ((mask >> static_cast<unsigned>(signal - 1)) & 1U) != 0;
}

}  // namespace warp::supervisor
