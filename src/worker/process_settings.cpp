#include "worker/process_settings.hpp"

#include <pthread.h>
#include <sys/resource.h>

#include <string>

namespace warp::worker {
namespace {

Result<> set_priority(std::uint32_t priority) {
  if (priority == 0) return {};
  if (::setpriority(PRIO_PROCESS, 0, static_cast<int>(priority)) != 0)
    return fail_errno("set cpu-priority=" + std::to_string(priority));
  return {};
}

Result<> set_memory_limit(std::uint64_t bytes) {
  if (bytes == 0) return {};
  const rlimit limit{.rlim_cur = bytes, .rlim_max = bytes};
  if (::setrlimit(RLIMIT_AS, &limit) != 0)
    return fail_errno("set virtual-memory-limit=" + std::to_string(bytes));
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
  return set_memory_limit(config.virtual_memory_limit);
}

}  // namespace warp::worker
