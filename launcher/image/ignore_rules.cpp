#include "launcher/image/ignore_rules.hpp"

#include <fnmatch.h>

#include "base/strings.hpp"

namespace warp {
namespace {

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(path, '/'))
    if (!part.empty() && part != ".") parts.emplace_back(part);
  return parts;
}

// True when the pattern fits the path or a folder above it. Row by row over the pattern, so that
// the work is bounded for any number of `**`.
bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  // reached[n]: the pattern so far fits the first n parts of the path.
  std::vector<bool> reached(path.size() + 1, false);
  reached[0] = true;
  for (const std::string& part : pattern) {
    std::vector<bool> next(path.size() + 1, false);
    for (std::size_t n = 0; n <= path.size(); ++n) {
      if (part == "**")
        next[n] = reached[n] || (n > 0 && next[n - 1]);
      else if (n > 0 && reached[n - 1])
        next[n] = ::fnmatch(part.c_str(), path[n - 1].c_str(), 0) == 0;
    }
    reached = std::move(next);
  }
  for (std::size_t n = 1; n <= path.size(); ++n)
    if (reached[n]) return true;
  return false;
}

}  // namespace

void IgnoreRules::add(std::string_view text) {
  for (const std::string_view whole : split(text, '\n')) {
    std::string_view line = trim(whole);
    if (line.empty() || whole.front() == '#') continue;
    Rule rule;
    if (line.front() == '!') {
      rule.takes_in = true;
      line = trim(line.substr(1));
    }
    rule.parts = parts_of(line);
    if (rule.parts.empty()) continue;
    has_exceptions_ = has_exceptions_ || rule.takes_in;
    rules_.push_back(std::move(rule));
  }
}

bool IgnoreRules::leaves_out(std::string_view path) const {
  const std::vector<std::string> parts = parts_of(path);
  bool is_left_out = false;
  for (const Rule& rule : rules_)
    if (rule.takes_in == is_left_out && fits(rule.parts, parts)) is_left_out = !rule.takes_in;
  return is_left_out;
}

}  // namespace warp
