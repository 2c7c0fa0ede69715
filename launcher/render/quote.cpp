#include "launcher/render/quote.hpp"

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
