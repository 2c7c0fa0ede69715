#include "mod_warp/parent/retired.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace warp {
namespace {

constexpr const char* kKey = "warp_retired_supervisors";

// Plain memory of httpd's: must not point into this module, and must look the same to its next
// build. Past its size a pid is not kept, which
// costs a warning in the log when that process ends.
struct Retained {
  std::array<pid_t, 1024> pids;
  std::size_t count;
};

Retained& retained() {
  void* memory = ap_retained_data_get(kKey);
  if (memory == nullptr) memory = ap_retained_data_create(kKey, sizeof(Retained));
  return *static_cast<Retained*>(memory);
}

void on_change(int reason, void* data, int /*status*/) {
  if (reason != APR_OC_REASON_DEATH && reason != APR_OC_REASON_LOST) return;
  recall(static_cast<const apr_proc_t*>(data)->pid);
  apr_proc_other_child_unregister(data);
}

}  // namespace

void retire(pid_t pid) {
  Retained& all = retained();
  if (all.count < all.pids.size()) all.pids[all.count++] = pid;
}

void recall(pid_t pid) {
  Retained& all = retained();
  const auto end = all.pids.begin() + static_cast<std::ptrdiff_t>(all.count);
  all.count = static_cast<std::size_t>(std::remove(all.pids.begin(), end, pid) - all.pids.begin());
}

std::vector<pid_t> retired_supervisors() {
  const Retained& all = retained();
  return {all.pids.begin(), all.pids.begin() + static_cast<std::ptrdiff_t>(all.count)};
}

void watch_retired(apr_pool_t* pool) {
  for (const pid_t pid : retired_supervisors()) {
    auto* const process = static_cast<apr_proc_t*>(apr_pcalloc(pool, sizeof(apr_proc_t)));
    process->pid = pid;
    apr_proc_other_child_register(process, on_change, process, nullptr, pool);
  }
}

}  // namespace warp
