#include "supervisor/memory_events.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <string_view>
#include <utility>

#include "base/read_descriptor.hpp"
#include "base/strings.hpp"
#include "base/unique_fd.hpp"

namespace warp::supervisor {
namespace {

constexpr std::size_t kLongestFile = 65536;

std::string text_of(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return file ? read_whole_file(file.get(), kLongestFile).value_or(std::string()) : std::string();
}

// In a container the path that the kernel tells may be the host's, and the group is the root of
// what is mounted.
std::string existing(const std::string& root, std::string_view group, const std::string& name) {
  const std::string own = root + std::string(group) + name;
  return ::access(own.c_str(), R_OK) == 0 ? own : root + name;
}

}  // namespace

std::string memory_events_file(const std::string& cgroups) {
  std::string unified;
  for (const std::string_view line : split(cgroups, '\n')) {
    const auto fields = split(line, ':');
    if (fields.size() < 3) continue;
    if (("," + std::string(fields[1]) + ",").find(",memory,") != std::string::npos)
      return existing("/sys/fs/cgroup/memory", fields[2], "/memory.oom_control");
    if (fields[1].empty()) unified = existing("/sys/fs/cgroup", fields[2], "/memory.events");
  }
  return unified;
}

MemoryEvents::MemoryEvents() : MemoryEvents(memory_events_file(text_of("/proc/self/cgroup"))) {}

MemoryEvents::MemoryEvents(std::string file) : file_(std::move(file)), seen_(count()) {}

bool MemoryEvents::have_killed() {
  const std::uint64_t before = std::exchange(seen_, count());
  return seen_ > before;
}

std::uint64_t MemoryEvents::count() const {
  if (file_.empty()) return 0;
  constexpr std::string_view kKey = "oom_kill ";
  const std::string text = text_of(file_);
  for (const std::string_view line : split(text, '\n'))
    if (line.starts_with(kKey)) return parse_unsigned(line.substr(kKey.size())).value_or(0);
  return 0;
}

}  // namespace warp::supervisor
