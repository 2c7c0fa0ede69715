#include "mod_warp/child/match.hpp"

#include "mod_warp/core/mount.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

constexpr const char* kHandler = "warp-application";

struct Found {
  const Mount* mount = nullptr;
  core::SplitPath path;
};

std::optional<Found> find_mount(const ServerConfig& config, std::string_view path) {
  for (const Mount& mount : config.mounts)
    if (const auto rest = core::path_below(mount.key, path))
      return Found{&mount, {.script_name = mount.key, .path_info = *rest}};
  return std::nullopt;
}

// Where in the path the match ends.
std::optional<std::size_t> end_of_match(const ap_regex_t* pattern, const char* path) {
  ap_regmatch_t match{};
  if (ap_regexec(pattern, path, 1, &match, 0) != 0) return std::nullopt;
  return static_cast<std::size_t>(match.rm_eo);
}

// The pattern that leaves the shortest path info, if that is shorter than `longest`.
std::optional<Found> find_pattern(const ServerConfig& config, const char* path,
                                  std::size_t longest) {
  std::optional<Found> found;
  for (const Mount& mount : config.patterns) {
    const auto end = end_of_match(mount.pattern, path);
    const auto split = end ? core::split_path(path, *end) : std::nullopt;
    if (!split || split->path_info.size() >= longest) continue;
    longest = split->path_info.size();
    found = Found{&mount, *split};
  }
  return found;
}

void keep(request_rec* request, const Mount& mount, const core::SplitPath& path) {
  auto* const found = new (apr_palloc(request->pool, sizeof(MatchedRequest))) MatchedRequest{
      .mount = &mount, .script_name = path.script_name, .path_info = path.path_info, .journey = {}};
  ap_set_module_config(request->request_config, &warp_module, found);
}

}  // namespace

bool match(request_rec* request) {
  if (request->uri == nullptr) return false;
  const ServerConfig& config = config_of(request->server);
  std::optional<Found> found = find_mount(config, request->uri);
  if (!config.patterns.empty()) {
    constexpr std::size_t kAny = std::string_view::npos;
    const auto better =
        find_pattern(config, request->uri, found ? found->path.path_info.size() : kAny);
    if (better) found = better;
  }
  if (!found) return false;
  keep(request, *found->mount, found->path);
  request->handler = kHandler;
  request->filename = pool_text(request->pool, found->mount->file_name);
  request->path_info = pool_text(request->pool, found->path.path_info);
  return true;
}

const MatchedRequest* matched(const request_rec* request) {
  return static_cast<const MatchedRequest*>(
      ap_get_module_config(request->request_config, &warp_module));
}

Journey* journey_of(const request_rec* request) {
  auto* const found =
      static_cast<MatchedRequest*>(ap_get_module_config(request->request_config, &warp_module));
  return found == nullptr ? nullptr : &found->journey;
}

bool is_handled_here(request_rec* request) {
  if (request->handler == nullptr) return false;
  const std::string_view handler = request->handler;
  if (handler == kHandler) return matched(request) != nullptr;
  for (const Mount& mount : config_of(request->server).handlers) {
    if (mount.key != handler) continue;
    const std::string_view path = text_or_empty(request->uri);
    keep(request, mount, core::split_before(path, text_or_empty(request->path_info)));
    return true;
  }
  return false;
}

}  // namespace warp
