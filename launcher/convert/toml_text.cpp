#include "launcher/convert/toml_text.hpp"

#include <fmt/format.h>

#include "base/strings.hpp"

namespace warp {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      result += fmt::format("\\{}", c);
    else if (code < 0x20 || code == 0x7f)
      result += fmt::format("\\u{:04x}", code);
    else
      result += c;
  }
  return result + "\"";
}

std::string value_of(const Given& given) {
  const Option& option = *given.option;
  std::vector<std::string> parts;
  switch (option.shape) {
    case Shape::kFlag:
      return given.words.front();
    case Shape::kOne:
      // Digits only: "007" would be none for TOML.
      if (const auto number = parse_integer(given.words.front());
          option.highest > 0 && number && std::to_string(*number) == given.words.front())
        return given.words.front();
      return quoted(given.words.front());
    case Shape::kMany:
      for (const std::string& word : given.words) parts.push_back(quoted(word));
      return "[" + join(parts, ", ") + "]";
    case Shape::kPairs:
      for (std::size_t i = 0; i + 1 < given.words.size(); i += 2)
        parts.push_back(quoted(given.words[i]) + " = " + quoted(given.words[i + 1]));
      return "{ " + join(parts, ", ") + " }";
  }
  return {};
}

}  // namespace

std::string toml_text(const Conversion& conversion, const std::string& from) {
  std::string text = "# Made from " + printable(from) +
                     " by warpdrive-express convert; read it before using it.\n";
  for (const Given& given : conversion.givens)
    text += fmt::format("{} = {}  # {}\n", given.option->name, value_of(given),
                        printable(given.origin));
  if (conversion.left.empty()) return text;
  text += "\n# Without an equivalent:\n";
  for (const Evidence& each : conversion.left) {
    const std::string where = each.where.empty() ? "" : " [" + each.where + "]";
    text += "# - " + printable(each.what + where) + "\n";
  }
  return text;
}

}  // namespace warp
