#include "launcher/render/quote.hpp"

#include <fmt/format.h>

#include <optional>

#include "base/strings.hpp"

namespace warp {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kBare = "_./:@%+,=-";
constexpr std::string_view kDollar = "${WARP_DOLLAR}";

bool is_letter(char c) { return kLetters.find(c) != std::string_view::npos; }

bool is_bare(std::string_view value) {
  if (value.empty()) return false;
  for (const char c : value)
    if (!is_letter(c) && kBare.find(c) == std::string_view::npos) return false;
  return true;
}

struct Character {
  char32_t code = 0;
  std::size_t size = 0;  // in bytes
};

// The first character of a text that is not empty; nullopt for overlong forms, surrogates and
// numbers beyond Unicode's, too.
std::optional<Character> decode_utf8(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return Character{first, 1};
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) return std::nullopt;
  char32_t code = first & (0xffU >> (size + 1));
  for (const char c : text.substr(1, size - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0U) != 0x80) return std::nullopt;
    code = code << 6U | (byte & 0x3fU);
  }
  constexpr char32_t kFirstOfSize[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code >= 0xd800 && code < 0xe000;
  if (code < kFirstOfSize[size] || is_surrogate || code > 0x10ffff) return std::nullopt;
  return Character{code, size};
}

std::string escaped_for_yaml(char32_t code) {
  const auto number = static_cast<unsigned>(code);
  if (code == '"' || code == '\\') return {'\\', static_cast<char>(code)};
  if (code >= 0x20 && code < 0x7f) return {static_cast<char>(code)};
  if (code <= 0xff) return fmt::format("\\x{:02x}", number);
  return code <= 0xffff ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

}  // namespace

Result<std::string> quote_for_httpd(std::string_view value) {
  if (is_bare(value)) return std::string(value);
  std::string quoted = "\"";
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f)
      return fail(Errc::kInvalidSetting, "'" + printable(value) +
                                             "' has control characters, which httpd.conf can't "
                                             "carry; rename or change it");
    if (c == '$' && i + 1 < value.size() && value[i + 1] == '{') {
      quoted += kDollar;
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string quote_for_shell(std::string_view value) {
  std::string quoted = "'";
  for (const char c : value) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string quote_for_systemd(std::string_view value) {
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '%' || c == '$') quoted += c;
    quoted += c;
  }
  return quoted + "\"";
}

std::string quote_text_for_systemd(std::string_view value) {
  std::string quoted;
  for (const char c : value) {
    if (c == '%') quoted += c;
    quoted += c;
  }
  return quoted;
}

Result<std::string> quote_for_yaml(std::string_view value) {
  std::string quoted = "\"";
  for (std::size_t i = 0; i < value.size();) {
    const auto character = decode_utf8(value.substr(i));
    if (!character)
      return fail(Errc::kInvalidSetting,
                  "'" + printable(value) + "' is no UTF-8, so that YAML can't carry it");
    i += character->size;
    quoted += escaped_for_yaml(character->code);
  }
  return quoted + "\"";
}

std::string regex_for(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    const bool is_plain =
        is_letter(c) || c == '/' || c == '_' || c == '-' || (static_cast<unsigned char>(c) >= 0x80);
    if (!is_plain) pattern += '\\';
    pattern += c;
  }
  return pattern;
}

}  // namespace warp
