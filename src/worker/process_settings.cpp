#include "worker/process_settings.hpp"

#include <pthread.h>
#include <sys/resource.h>

#include <string>
#include <string_view>

namespace warp::worker {
namespace {

// One below zero has been inherited: only root could set it.
Result<> set_priority(std::int32_t priority) {
  if (priority <= 0) return {};
  if (::setpriority(PRIO_PROCESS, 0, priority) != 0)
    return fail_errno("set cpu-priority=" + std::to_string(priority));
  return {};
}

Result<> set_limit(decltype(RLIMIT_AS) resource, std::string_view option, std::uint64_t value) {
  const rlimit limit{.rlim_cur = value, .rlim_max = value};
  if (::setrlimit(resource, &limit) != 0)
    return fail_errno("set " + std::string(option) + "=" + std::to_string(value));
  return {};
}

Result<> set_limits(const wire::GroupConfig& config) {
  if (config.open_files_limit > 0)
    WARP_CHECK(set_limit(RLIMIT_NOFILE, "open-files-limit", config.open_files_limit));
  if (config.core_size_limit)
    WARP_CHECK(set_limit(RLIMIT_CORE, "core-size-limit", *config.core_size_limit));
  if (config.data_size_limit > 0)
    WARP_CHECK(set_limit(RLIMIT_DATA, "data-size-limit", config.data_size_limit));
  if (config.virtual_memory_limit > 0)
    WARP_CHECK(set_limit(RLIMIT_AS, "virtual-memory-limit", config.virtual_memory_limit));
  return {};
}

// For all threads that don't ask for another size: the worker's, and those of the application, as
// Python leaves it to the system.
Result<> set_stack_size(std::uint64_t bytes) {
  if (bytes == 0) return {};
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  int error = ::pthread_attr_setstacksize(&attributes, bytes);
  if (error == 0) error = ::pthread_setattr_default_np(&attributes);
  ::pthread_attr_destroy(&attributes);
  if (error != 0) return fail_errno("set stack-size=" + std::to_string(bytes), error);
  return {};
}

}  // namespace

Result<> apply_process_settings(const wire::GroupConfig& config) {
  WARP_CHECK(set_priority(config.cpu_priority));
  WARP_CHECK(set_stack_size(config.stack_size));
  return set_limits(config);
}

}  // namespace warp::worker
