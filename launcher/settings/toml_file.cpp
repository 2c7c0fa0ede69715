#include "launcher/settings/toml_file.hpp"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <optional>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/suggest.hpp"

namespace warp {
namespace {

std::string position(const std::string& path, const toml::source_region& region) {
  return path + ":" + std::to_string(region.begin.line) + ":" +
         std::to_string(region.begin.column) + ": ";
}

// nullopt for a table, an array or a date.
std::optional<std::string> scalar(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (const auto number = node.value_exact<double>()) return std::to_string(*number);
  if (const auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
  return std::nullopt;
}

std::optional<std::vector<std::string>> one(const toml::node& node) {
  if (auto text = scalar(node)) return {{std::move(*text)}};
  return std::nullopt;
}

std::optional<std::vector<std::string>> many(const toml::node& node) {
  const toml::array* const array = node.as_array();
  if (array == nullptr) return std::nullopt;
  std::vector<std::string> words;
  for (const toml::node& element : *array) {
    auto text = scalar(element);
    if (!text) return std::nullopt;
    words.push_back(std::move(*text));
  }
  return words;
}

std::optional<std::vector<std::string>> pairs(const toml::node& node) {
  const toml::table* const table = node.as_table();
  if (table == nullptr) return std::nullopt;
  std::vector<std::string> words;
  for (const auto& [key, value] : *table) {
    auto text = scalar(value);
    if (!text) return std::nullopt;
    words.emplace_back(key.str());
    words.push_back(std::move(*text));
  }
  return words;
}

struct Reading {
  std::optional<std::vector<std::string>> words;
  std::string_view expected;
};

Reading read_node(const Option& option, const toml::node& node) {
  switch (option.shape) {
    case Shape::kFlag:
      return {node.is_boolean() ? one(node) : std::nullopt, "true or false"};
    case Shape::kOne:
      return {one(node), option.highest > 0 ? "a number" : "a string"};
    case Shape::kMany:
      return {many(node), "a list of strings: [\"…\", \"…\"]"};
    case Shape::kPairs:
      return {pairs(node), "a table: { \"name\" = \"value\" }"};
  }
  return {};
}

Error unknown_key(const std::string& where, std::string_view key) {
  const std::string nearest = nearest_option(key);
  return {Errc::kUnknownSetting, where + "unknown key '" + printable(key) + "'" +
                                     (nearest.empty() ? "" : "; did you mean " + nearest + "?")};
}

Error invalid(std::string detail) { return {Errc::kInvalidSetting, std::move(detail)}; }

// nullptr when the file has no such table.
const toml::table* find_table(const toml::table& root, const TomlText& file, Problems& problems) {
  if (file.table.empty()) return &root;
  const auto found = root.at_path(file.table);
  if (!found) return nullptr;
  if (!found.is_table())
    problems.push_back(invalid(position(file.path, found.node()->source()) + file.table +
                               ": expected a table: [" + file.table + "]"));
  return found.as_table();
}

std::vector<Given> read_keys(const toml::table& table, const TomlText& file, Problems& problems) {
  std::vector<Given> givens;
  for (const auto& [key, node] : table) {
    const std::string where = position(file.path, key.source());
    const Option* const option = find_option(key.str());
    if (option == nullptr) {
      problems.push_back(unknown_key(where, key.str()));
      continue;
    }
    Reading reading = read_node(*option, node);
    const std::string origin = position(file.path, node.source()) + std::string(key.str());
    if (reading.words) {
      givens.push_back(
          {option, std::move(*reading.words), origin, parent_of(file.path), Source::kFile});
    } else {
      problems.push_back(invalid(origin + ": expected " + std::string(reading.expected)));
    }
  }
  return givens;
}

}  // namespace

std::optional<std::vector<Given>> read_toml(const TomlText& file, Problems& problems) {
  const toml::parse_result parsed = toml::parse(file.text, file.path);
  if (!parsed) {
    problems.push_back(invalid(position(file.path, parsed.error().source()) +
                               std::string(parsed.error().description())));
    return std::nullopt;
  }
  const toml::table* const table = find_table(parsed.table(), file, problems);
  if (table == nullptr) return std::nullopt;
  return read_keys(*table, file, problems);
}

}  // namespace warp
