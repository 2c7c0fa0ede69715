#include "mod_warp/core/target.hpp"

#include "base/strings.hpp"

namespace warp::core {
namespace {

// Bytes past ASCII may be letters of a name; Python decides.
bool is_identifier(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  for (const char c : name) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (!fits) return false;
  }
  return true;
}

bool is_script(std::string_view text) {
  return text.find('/') != std::string_view::npos || text.ends_with(".py") ||
         text.ends_with(".wsgi") || text.ends_with(".ini");
}

}  // namespace

bool is_dotted_name(std::string_view text) {
  for (const std::string_view part : split(text, '.'))
    if (!is_identifier(part)) return false;
  return true;
}

bool is_callable_name(std::string_view text) {
  if (text.ends_with("()")) text.remove_suffix(2);
  return is_dotted_name(text);
}

bool has_substitution(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i)
    if (text[i - 1] == '$' && text[i] >= '0' && text[i] <= '9') return true;
  return false;
}

Result<Target> parse_target(std::string_view text) {
  if (is_script(text))
    return Target{.kind = wire::TargetKind::kScript, .name = std::string(text), .callable = {}};
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  Target target{.kind = wire::TargetKind::kModule, .name = std::string(name), .callable = {}};
  if (colon != std::string_view::npos) target.callable = std::string(text.substr(colon + 1));
  if (!is_dotted_name(name) || (target.callable && !is_callable_name(*target.callable)))
    return fail(Errc::kInvalidDirective, "'" + printable(text) +
                                             "' is neither the path of a script nor of the form "
                                             "package.module:callable or "
                                             "package.module:factory()");
  return target;
}

}  // namespace warp::core
