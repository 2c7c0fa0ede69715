#include "mod_warp/child/managed_groups.hpp"

#include <sys/stat.h>

#include <cerrno>

#include "mod_warp/child/child.hpp"

namespace warp {
namespace {

// When a request should have been ended, and its worker, with some seconds for a busy machine. The
// worker stays until the next one has imported the application.
std::chrono::milliseconds hard_limit_of(const wire::GroupConfig& settings) {
  constexpr std::chrono::seconds kMargin{5};
  return settings.request_timeout + settings.interrupt_timeout + settings.startup_timeout +
         settings.shutdown_timeout + kMargin;
}

}  // namespace

std::vector<management::ManagedGroup> managed_groups(const Installation& installation) {
  std::vector<management::ManagedGroup> groups;
  if (installation.child == nullptr) return groups;
  for (const auto& group : installation.groups) {
    const ChildGroup& own = installation.child->group(*group);
    groups.push_back({.name = group->settings.name,
                      .processes = group->settings.processes,
                      .threads = group->settings.threads,
                      .queue_limit = group->queue.queue_limit,
                      .hard_limit = hard_limit_of(group->settings),
                      .saturation_timeout = group->queue.saturation_timeout,
                      .board = own.board,
                      .ledger = own.ledger,
                      .tally = own.tally,
                      .chronicle = own.chronicle,
                      .series = own.series});
  }
  return groups;
}

// The launcher's word, or an administrator's: the file not-ready. Where httpd's user may not look,
// the launcher's other one counts, which is also given before a restart.
management::Service service_of(request_rec* request) {
  const char* const path = ap_runtime_dir_relative(request->pool, "not-ready");
  struct stat status {};
  const bool is_marked = path != nullptr && ::stat(path, &status) == 0;
  const bool is_unknown = path == nullptr || (!is_marked && errno != ENOENT);
  const bool is_ending =
      is_marked || (is_unknown && config_of(request->server).installation->farewell.is_set());
  return is_ending ? management::Service::kEnding : management::Service::kOpen;
}

int send_page(request_rec* request, const char* content_type, std::string_view page) {
  ap_set_content_type(request, content_type);
  ap_set_content_length(request, static_cast<apr_off_t>(page.size()));
  apr_table_setn(request->headers_out, "Cache-Control", "no-store");
  if (request->header_only == 0) ap_rwrite(page.data(), static_cast<int>(page.size()), request);
  return OK;
}

}  // namespace warp
