#include "mod_warp/core/log_lines.hpp"

#include <algorithm>

namespace warp::core {
namespace {

// At most what ap_escape_errorlog_item() makes of a byte; a NUL comes to it as \x00.
std::size_t escaped_size(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (c == '\\') return 2;
  if (c == '\0') return 5;
  return byte >= 0x20 && byte < 0x7f ? 1 : 4;
}

std::size_t fitting(std::string_view line) {
  std::size_t escaped = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    escaped += escaped_size(line[i]);
    if (escaped > kLongestLogLine) return i;
  }
  return line.size();
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

// Where a piece of at most `size` bytes ends without splitting a character; bytes that are no
// UTF-8 are cut anywhere.
std::size_t character_boundary(std::string_view line, std::size_t size) {
  constexpr std::size_t kLongestCharacter = 4;
  std::size_t end = size;
  while (end > 0 && size - end < kLongestCharacter && continues_character(line[end])) --end;
  return end > 0 && !continues_character(line[end]) ? end : size;
}

}  // namespace

std::string_view take_log_line(std::string_view& text) {
  const std::size_t newline = text.find('\n');
  std::string_view line = text.substr(0, newline);
  const std::size_t size = fitting(line);
  if (size < line.size()) {
    line = line.substr(0, character_boundary(line, size));
    text.remove_prefix(line.size());
    return line;
  }
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace warp::core
