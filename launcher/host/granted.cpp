#include "launcher/host/granted.hpp"

#include <sched.h>
#include <unistd.h>

#include <vector>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

// The control groups of one hierarchy, from the process's own to the root of what is mounted.
struct Groups {
  std::string mount;
  std::string own;
};

// In a container the path that the kernel tells may be the host's, and the group is the root of
// what is mounted.
Groups groups_at(const std::string& mount, std::string_view path) {
  std::string own = mount + (path == "/" ? "" : std::string(path));
  if (!is_directory(own)) own = mount;
  return {mount, own};
}

std::vector<std::string> from_own_to_root(const Groups& groups) {
  std::vector<std::string> all = {groups.own};
  while (all.back().size() > groups.mount.size()) all.push_back(parent_of(all.back()));
  return all;
}

std::string first_line(const std::string& path) {
  const auto text = read_text(path);
  return text ? std::string(trim(split(*text, '\n').front())) : std::string();
}

void lower_cpus(Granted& granted, double cpus, std::string_view by) {
  if (cpus <= 0 || (granted.cpus && *granted.cpus <= cpus)) return;
  granted.cpus = cpus;
  granted.cpus_by = by;
}

void lower_memory(Granted& granted, std::uint64_t bytes, std::string_view by) {
  if (granted.memory && *granted.memory <= bytes) return;
  granted.memory = bytes;
  granted.memory_by = by;
}

void lower_tasks(Granted& granted, const std::string& group) {
  const auto tasks = parse_unsigned(first_line(group + "/pids.max"));
  if (!tasks || (granted.tasks && *granted.tasks <= *tasks)) return;
  granted.tasks = *tasks;
  granted.tasks_by = "pids.max";
}

// Microseconds in each period.
void lower_cpus(Granted& granted, std::string_view quota, std::string_view period,
                std::string_view by) {
  const auto used = parse_unsigned(quota);
  const auto of = parse_unsigned(period);
  if (used && of && *of > 0)
    lower_cpus(granted, static_cast<double>(*used) / static_cast<double>(*of), by);
}

void read_unified(Granted& granted, const Groups& groups) {
  for (const std::string& group : from_own_to_root(groups)) {
    // "max 100000", "150000 100000"
    const std::string quota = first_line(group + "/cpu.max");
    const std::size_t space = quota.find(' ');
    if (space != std::string::npos)
      lower_cpus(granted, std::string_view(quota).substr(0, space),
                 std::string_view(quota).substr(space + 1), "cpu.max");
    if (const auto bytes = parse_unsigned(first_line(group + "/memory.max")))
      lower_memory(granted, *bytes, "memory.max");
    lower_tasks(granted, group);
  }
}

void read_cpu(Granted& granted, const Groups& groups) {
  for (const std::string& group : from_own_to_root(groups))
    lower_cpus(granted, first_line(group + "/cpu.cfs_quota_us"),
               first_line(group + "/cpu.cfs_period_us"), "cpu.cfs_quota_us");
}

void read_memory(Granted& granted, const Groups& groups) {
  for (const std::string& group : from_own_to_root(groups))
    if (const auto bytes = parse_unsigned(first_line(group + "/memory.limit_in_bytes")))
      lower_memory(granted, *bytes, "memory.limit_in_bytes");
}

void read_tasks(Granted& granted, const Groups& groups) {
  for (const std::string& group : from_own_to_root(groups)) lower_tasks(granted, group);
}

// A hierarchy is mounted under all of its controllers' names, or under one.
std::string mount_of(const std::string& root, std::string_view controllers, std::string_view name) {
  std::string all = root + "sys/fs/cgroup/" + std::string(controllers);
  return is_directory(all) ? all : root + "sys/fs/cgroup/" + std::string(name);
}

bool has_controller(std::string_view controllers, std::string_view name) {
  for (const std::string_view each : split(controllers, ','))
    if (each == name) return true;
  return false;
}

}  // namespace

Machine this_machine() {
  Machine machine;
  machine.cpus = static_cast<unsigned>(::sysconf(_SC_NPROCESSORS_ONLN));
  // Also what a cpuset leaves.
  cpu_set_t usable;
  CPU_ZERO(&usable);
  const bool is_known = ::sched_getaffinity(0, sizeof usable, &usable) == 0;
  machine.usable_cpus = is_known ? static_cast<unsigned>(CPU_COUNT(&usable)) : machine.cpus;
  machine.memory = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) *
                   static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return machine;
}

Granted read_granted(const std::string& root, const Machine& machine) {
  Granted granted;
  if (machine.usable_cpus < machine.cpus)
    lower_cpus(granted, machine.usable_cpus, "the CPUs that it may run on");
  const auto text = read_text(root + "proc/self/cgroup");
  if (!text) return granted;
  // "4:memory:/user/1", or of version 2 "0::/user/1"
  for (const std::string_view line : split(*text, '\n')) {
    const auto fields = split(line, ':');
    if (fields.size() < 3) continue;
    const std::string_view path = trim(fields[2]);
    if (fields[1].empty()) read_unified(granted, groups_at(root + "sys/fs/cgroup", path));
    if (has_controller(fields[1], "cpu"))
      read_cpu(granted, groups_at(mount_of(root, fields[1], "cpu"), path));
    if (has_controller(fields[1], "memory"))
      read_memory(granted, groups_at(mount_of(root, fields[1], "memory"), path));
    if (has_controller(fields[1], "pids"))
      read_tasks(granted, groups_at(mount_of(root, fields[1], "pids"), path));
  }
  // A quota may be more than there is.
  if (granted.cpus) lower_cpus(granted, machine.usable_cpus, "the CPUs that there are");
  // Version 1 writes a number beyond all memory for no limit.
  if (granted.memory && *granted.memory >= machine.memory) granted.memory.reset();
  if (!granted.memory) granted.memory_by.clear();
  return granted;
}

}  // namespace warp
