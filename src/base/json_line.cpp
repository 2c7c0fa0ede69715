#include "base/json_line.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace warp {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// First bytes of sequences, with the range of the second byte (RFC 3629, 4): no overlong forms, no
// surrogates, nothing beyond U+10FFFF.
struct Sequence {
  unsigned char first, last;
  std::size_t length;
  unsigned char second_from, second_to;
};
constexpr std::array kSequences = {
    Sequence{0xc2, 0xdf, 2, 0x80, 0xbf}, Sequence{0xe0, 0xe0, 3, 0xa0, 0xbf},
    Sequence{0xe1, 0xec, 3, 0x80, 0xbf}, Sequence{0xed, 0xed, 3, 0x80, 0x9f},
    Sequence{0xee, 0xef, 3, 0x80, 0xbf}, Sequence{0xf0, 0xf0, 4, 0x90, 0xbf},
    Sequence{0xf1, 0xf3, 4, 0x80, 0xbf}, Sequence{0xf4, 0xf4, 4, 0x80, 0x8f}};

bool continues(std::string_view rest, const Sequence& sequence) {
  if (rest.size() < sequence.length || byte_at(rest, 1) < sequence.second_from ||
      byte_at(rest, 1) > sequence.second_to)
    return false;
  for (std::size_t i = 2; i < sequence.length; ++i)
    if ((byte_at(rest, i) & 0xc0U) != 0x80U) return false;
  return true;
}

// Length of the character that the text begins with; 0 when it is none.
std::size_t length_of_character(std::string_view rest) {
  const unsigned char first = byte_at(rest, 0);
  if (first < 0x80) return 1;
  for (const Sequence& sequence : kSequences)
    if (first >= sequence.first && first <= sequence.last)
      return continues(rest, sequence) ? sequence.length : 0;
  return 0;
}

void append_character(std::string& line, std::string_view character) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const unsigned char first = byte_at(character, 0);
  if (first == '"' || first == '\\') {
    line += '\\';
    line += character;
  } else if (first < 0x20 || first == 0x7f) {
    line += "\\u00";
    line += kDigits[first >> 4U];
    line += kDigits[first & 0xfU];
  } else {
    line += character;
  }
}

void append_quoted(std::string& line, std::string_view text) {
  line += '"';
  while (!text.empty()) {
    const std::size_t length = length_of_character(text);
    if (length == 0) {
      line += kReplacement;
      text.remove_prefix(1);
    } else {
      append_character(line, text.substr(0, length));
      text.remove_prefix(length);
    }
  }
  line += '"';
}

}  // namespace

void JsonLine::begin(std::string_view name) {
  if (line_.size() > 1) line_ += ", ";
  append_quoted(line_, name);
  line_ += ": ";
}

JsonLine& JsonLine::add(std::string_view name, std::string_view text) {
  begin(name);
  append_quoted(line_, text);
  return *this;
}

JsonLine& JsonLine::add(std::string_view name, std::int64_t number) {
  begin(name);
  line_ += std::to_string(number);
  return *this;
}

JsonLine& JsonLine::add_or_null(std::string_view name, std::string_view text) {
  if (!text.empty()) return add(name, text);
  begin(name);
  line_ += "null";
  return *this;
}

std::string JsonLine::take() && {
  line_ += '}';
  return std::move(line_);
}

std::string utc_time(std::int64_t microseconds) {
  constexpr std::int64_t kSecond = 1'000'000;
  const std::time_t seconds = microseconds / kSecond;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 48> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text.data() + length, text.size() - length, ".%06dZ",
                static_cast<int>(microseconds % kSecond));
  return text.data();
}

}  // namespace warp
