#include "mod_warp/core/documents.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp::core {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// .py, .pyc, .pyo, .pyi …
bool is_pythons(std::string_view name) {
  constexpr std::size_t kLongest = 4;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > kLongest) return false;
  const std::string ending = to_lower(name.substr(dot));
  return ending.starts_with(".py") && std::all_of(ending.begin() + 1, ending.end(), is_letter);
}

bool is_hidden(std::string_view name) { return name.starts_with('.') && name != ".well-known"; }

}  // namespace

bool may_be_document(std::string_view path) {
  const auto names = split(path, '/');
  return std::none_of(names.begin(), names.end(),
                      [](std::string_view name) { return is_hidden(name) || is_pythons(name); });
}

}  // namespace warp::core
