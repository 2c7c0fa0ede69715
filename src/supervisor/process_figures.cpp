#include "supervisor/process_figures.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/read_descriptor.hpp"
#include "base/strings.hpp"
#include "base/unique_fd.hpp"

namespace warp::supervisor {
namespace {

constexpr std::size_t kLongestStat = 4096;

// Fields of /proc/PID/stat, counted from 1 as in proc(5).
constexpr std::size_t kUserTime = 14;
constexpr std::size_t kSystemTime = 15;
constexpr std::size_t kResidentPages = 24;
constexpr std::size_t kFirstAfterName = 3;

std::uint64_t number_at(const std::vector<std::string_view>& fields, std::size_t field) {
  return parse_unsigned(fields[field - kFirstAfterName]).value_or(0);
}

}  // namespace

Result<ProcessFigures> figures_of_process(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return fail(Errc::kNotFound, "there is no process " + std::to_string(pid));
  WARP_TRY(const std::string text, read_whole_file(file.get(), kLongestStat));
  // The name, in parentheses, may hold anything.
  const std::size_t name_end = text.rfind(") ");
  if (name_end == std::string::npos) return fail(Errc::kNotFound, path + " is of another form");
  const auto fields = split(std::string_view(text).substr(name_end + 2), ' ');
  if (fields.size() <= kResidentPages - kFirstAfterName)
    return fail(Errc::kNotFound, path + " is of another form");
  const auto ticks = number_at(fields, kUserTime) + number_at(fields, kSystemTime);
  const auto per_second = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return ProcessFigures{.resident_bytes = number_at(fields, kResidentPages) * page,
                        .cpu_time = std::chrono::milliseconds(ticks * 1000 / per_second)};
}

}  // namespace warp::supervisor
