// Every hook, in the order in which httpd calls it: the module's table of contents.
#include <unistd.h>

#include <csignal>
#include <memory>

#include "base/signals.hpp"
#include "mod_warp/boundary.hpp"
#include "mod_warp/child/child.hpp"
#include "mod_warp/child/documents.hpp"
#include "mod_warp/child/farewell.hpp"
#include "mod_warp/child/handler.hpp"
#include "mod_warp/child/json_access.hpp"
#include "mod_warp/child/log_request.hpp"
#include "mod_warp/child/management.hpp"
#include "mod_warp/child/match.hpp"
#include "mod_warp/child/server_status.hpp"
#include "mod_warp/config/check.hpp"
#include "mod_warp/parent/announce_end.hpp"
#include "mod_warp/parent/meet_launcher.hpp"
#include "mod_warp/parent/start.hpp"

namespace warp {
namespace {

// --- httpd's parent, at each start and restart ---

// What the configuration can name has to be known before it is read.
int on_pre_config(apr_pool_t* pool, apr_pool_t* /*log*/, apr_pool_t* /*temporary*/) noexcept {
  offer_json_access_log(pool);
  return OK;
}

// Also for httpd -t.
int on_check_config(apr_pool_t* pool, apr_pool_t* log, apr_pool_t* /*temporary*/,
                    server_rec* server) noexcept {
  return at_boundary(server, APLOG_EMERG | APLOG_STARTUP, HTTP_INTERNAL_SERVER_ERROR,
                     [&]() -> Result<int> {
                       WARP_CHECK(check_configuration(pool, server));
                       // The last hook before httpd clears the pool that they are in.
                       config_of(server).installation->kept = take_kept(log);
                       return OK;
                     });
}

// httpd runs this twice at its start; only the second pass may start anything.
int on_post_config(apr_pool_t* pool, apr_pool_t* log, apr_pool_t* /*temporary*/,
                   server_rec* server) noexcept {
  if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG) return OK;
  return at_boundary(server, APLOG_EMERG | APLOG_STARTUP, HTTP_INTERNAL_SERVER_ERROR,
                     [&]() -> Result<int> {
                       Installation& installation = *config_of(server).installation;
                       WARP_CHECK(Parent::start(installation, {pool, log}, server));
                       prepare_farewell(installation, server);
                       meet_launcher(installation.farewell_memory);
                       return OK;
                     });
}

int on_monitor(apr_pool_t* /*pool*/, server_rec* server) noexcept {
  const auto& parent = config_of(server).installation->parent;
  if (parent) notify_at_boundary(server, [&] { parent->tend(); });
  return DECLINED;
}

void on_child_status(server_rec* server, pid_t child, ap_generation_t /*generation*/, int /*slot*/,
                     mpm_child_status state) noexcept {
  const auto& parent = config_of(server).installation->parent;
  if (state == MPM_CHILD_EXITED && parent)
    notify_at_boundary(server, [&] { parent->child_ended(child); });
}

void on_error_log(const ap_errorlog_info* line, const char* /*text*/) noexcept {
  // Most lines come when there is no configuration, or but half of one.
  if (!means_graceful_restart(line)) return;
  const Installation* const installation = config_of(ap_server_conf).installation;
  if (installation->parent && installation->parent->pid() == ::getpid())
    announce_graceful_restart(*installation);
}

// --- a child of httpd ---

apr_status_t on_child_end(void* child) noexcept {
  static_cast<const Child*>(child)->abandon_requests();
  return APR_SUCCESS;
}

std::size_t threads_per_child() {
  int threads = 0;
  const bool is_known = ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads) == APR_SUCCESS;
  return is_known && threads > 1 ? static_cast<std::size_t>(threads) : 1;
}

void on_child_init(apr_pool_t* pool, server_rec* server) noexcept {
  Installation& installation = *config_of(server).installation;
  if (!installation.parent || installation.groups.empty()) return;
  notify_at_boundary(server, [&] {
    // With httpd -X the only process is parent and child.
    const bool is_forked = ::getpid() != installation.parent->pid();
    if (is_forked) {
      // Not SIGTERM: a threaded child only takes that from its parent's pipe.
      end_with_parent(SIGKILL, installation.parent->pid());
      installation.parent->keep_only_what_children_use();
      installation.farewell_memory.reset();
    }
    // Never destroyed; see the class.
    installation.child = std::make_unique<Child>(installation, threads_per_child()).release();
    apr_pool_cleanup_register(pool, installation.child, on_child_end, apr_pool_cleanup_null);
  });
}

void on_child_stopping(apr_pool_t* /*pool*/, int is_graceful) noexcept {
  if (is_graceful != 0 || ap_server_conf == nullptr) return;
  const Installation* const installation = config_of(ap_server_conf).installation;
  if (installation != nullptr && installation->child != nullptr)
    installation->child->active().shut_down();
}

// --- a request ---

// For all that httpd serves, not only for applications.
int on_post_read_request(request_rec* request) noexcept {
  say_farewell(request);
  return DECLINED;
}

int on_translate_name(request_rec* request) noexcept {
  return at_boundary(request, [&]() -> Result<int> {
    if (is_document(request)) return DECLINED;
    return match(request) ? OK : DECLINED;
  });
}

// Spares the walk through directories that do not exist; <Location> sections have been merged
// before and will be again.
int on_map_to_storage(request_rec* request) noexcept {
  return matched(request) != nullptr ? OK : DECLINED;
}

// The type comes from the application, not from the script's file name.
int on_type_check(request_rec* request) noexcept {
  return matched(request) != nullptr ? OK : DECLINED;
}

int on_fixups(request_rec* request) noexcept {
  if (matched(request) != nullptr) return DECLINED;
  return at_boundary(request, [&]() -> Result<int> {
    prefer_compressed_sibling(request);
    return DECLINED;
  });
}

int on_request(request_rec* request) noexcept {
  if (is_for_management(request))
    return at_boundary(request, [&] { return answer_management(request); });
  if (!is_handled_here(request)) return DECLINED;
  return at_boundary(request, [&] { return handle(request); });
}

int on_log_transaction(request_rec* request) noexcept {
  notify_at_boundary(request, [&] { note_request(request); });
  return DECLINED;
}

// mod_status has a page to be filled.
int on_server_status(request_rec* request, int flags) noexcept {
  notify_at_boundary(request, [&] { add_to_server_status(request, flags); });
  return OK;
}

}  // namespace
}  // namespace warp

extern "C" void warp_register_hooks(apr_pool_t* /*pool*/) {
  using namespace warp;
  // An Alias within a mount wins: static files need no application.
  static const char* const after_alias[] = {"mod_alias.c", nullptr};
  // Which has put a folder's index in the folder's place.
  static const char* const after_index[] = {"mod_dir.c", nullptr};
  ap_hook_pre_config(on_pre_config, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_check_config(on_check_config, nullptr, nullptr, APR_HOOK_MIDDLE);
  // Last: what the others open or start must not be there when we fork.
  ap_hook_post_config(on_post_config, nullptr, nullptr, APR_HOOK_REALLY_LAST);
  ap_hook_monitor(on_monitor, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_error_log(on_error_log, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_child_status(on_child_status, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_child_init(on_child_init, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_child_stopping(on_child_stopping, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_post_read_request(on_post_read_request, nullptr, nullptr, APR_HOOK_MIDDLE);
  ap_hook_translate_name(on_translate_name, after_alias, nullptr, APR_HOOK_MIDDLE);
  // Behind the hook that answers TRACE, before the core's walk.
  ap_hook_map_to_storage(on_map_to_storage, nullptr, nullptr, APR_HOOK_LAST);
  ap_hook_type_checker(on_type_check, nullptr, nullptr, APR_HOOK_FIRST);
  ap_hook_fixups(on_fixups, after_index, nullptr, APR_HOOK_LAST);
  ap_hook_handler(on_request, nullptr, nullptr, APR_HOOK_MIDDLE);
  APR_OPTIONAL_HOOK(ap, status_hook, on_server_status, nullptr, nullptr, APR_HOOK_MIDDLE);
  // Before mod_log_config, which shows what we note.
  ap_hook_log_transaction(on_log_transaction, nullptr, nullptr, APR_HOOK_FIRST);
}
