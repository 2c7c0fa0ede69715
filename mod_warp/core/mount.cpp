#include "mod_warp/core/mount.hpp"

#include "base/strings.hpp"

namespace warp::core {

Result<std::string> mount_url(std::string_view written) {
  if (written.empty() || written.front() != '/' ||
      written.find_first_of("?#") != std::string_view::npos)
    return fail(Errc::kInvalidDirective,
                "'" + printable(written) + "' is not a URL path that begins with /");
  std::string url = collapse_slashes(written);
  if (url.back() == '/') url.pop_back();
  return url;
}

std::optional<std::string_view> path_below(std::string_view mount, std::string_view path) {
  std::size_t at = 0;
  for (const char wanted : mount) {
    if (at == path.size() || path[at] != wanted) return std::nullopt;
    ++at;
    if (wanted != '/') continue;
    while (at < path.size() && path[at] == '/') ++at;
  }
  const std::string_view rest = path.substr(at);
  const bool at_boundary = rest.empty() ? !mount.empty() : rest.front() == '/';
  if (!at_boundary) return std::nullopt;
  return rest;
}

std::optional<SplitPath> split_path(std::string_view path, std::size_t at) {
  if (!path.starts_with('/')) return std::nullopt;
  while (at > 0 && path[at - 1] == '/') --at;
  const std::string_view rest = path.substr(at);
  if (!rest.empty() && rest.front() != '/') return std::nullopt;
  return SplitPath{.script_name = path.substr(0, at), .path_info = rest};
}

SplitPath split_before(std::string_view path, std::string_view path_info) {
  const bool is_behind = path.ends_with(path_info);
  const auto split = split_path(path, path.size() - (is_behind ? path_info.size() : 0));
  return split.value_or(SplitPath{.script_name = path, .path_info = {}});
}

bool is_tried_before(std::string_view mount, std::string_view other) {
  return mount.size() > other.size();
}

bool has_repeated_slashes(std::string_view path) {
  return path.find("//") != std::string_view::npos;
}

std::string collapse_slashes(std::string_view path) {
  std::string collapsed;
  collapsed.reserve(path.size());
  for (const char c : path)
    if (c != '/' || collapsed.empty() || collapsed.back() != '/') collapsed += c;
  return collapsed;
}

}  // namespace warp::core
