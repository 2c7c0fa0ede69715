#include "launcher/explain/show_config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/host/json.hpp"

namespace warp {
namespace {

// A longer value pushes what follows it to the right, in its own line only.
constexpr std::size_t kWidestValue = 28;

std::string value_text(const Option& option, const Words& words) {
  std::vector<std::string> parts;
  const bool has_pairs = option.shape == Shape::kPairs;
  for (std::size_t i = 0; i < words.size(); i += has_pairs ? 2 : 1) {
    std::string part = printable(words[i]);
    if (has_pairs && i + 1 < words.size()) part += "=" + printable(words[i + 1]);
    parts.push_back(part.empty() ? "''" : part);
  }
  return parts.empty() ? "none" : join(parts, ", ");
}

std::string shown_value(const ConfigRow& row) {
  return row.value ? value_text(*row.option, row.value->words) : "-";
}

// A path below the project's folder is told from there.
std::string from_text(const Saying& saying, const std::string& project) {
  if (saying.from.empty()) return std::string(saying.source);
  const bool is_below = saying.from.starts_with(project + "/");
  return printable(is_below ? saying.from.substr(project.size() + 1) : saying.from);
}

std::string origin_text(const ConfigRow& row, const std::string& project) {
  if (row.value) return from_text(*row.value, project);
  const std::string_view otherwise = row.option->otherwise;
  return otherwise.empty() ? "default" : "default: " + std::string(otherwise);
}

std::string overrode_text(const ConfigRow& row, const std::string& project) {
  std::vector<std::string> parts;
  for (const Saying& saying : row.overrode)
    parts.push_back(value_text(*row.option, saying.words) + " by " + from_text(saying, project));
  return parts.empty() ? "" : "; overrode " + join(parts, ", ");
}

std::size_t widest_name(const std::vector<ConfigRow>& rows) {
  std::size_t widest = 0;
  for (const ConfigRow& row : rows) widest = std::max(widest, row.option->name.size());
  return widest;
}

std::size_t value_width(const std::vector<ConfigRow>& rows) {
  std::size_t widest = 0;
  for (const ConfigRow& row : rows) widest = std::max(widest, shown_value(row).size());
  return std::min(widest, kWidestValue);
}

std::string table(const ConfigReport& report) {
  const std::size_t name_width = widest_name(report.rows);
  const std::size_t width = value_width(report.rows);
  std::string text;
  std::string_view group;
  for (const ConfigRow& row : report.rows) {
    if (row.option->group != group) {
      group = row.option->group;
      text += fmt::format("\n{}\n", group);
    }
    text +=
        fmt::format("  {:<{}}  {:<{}}  {}{}\n", row.option->name, name_width, shown_value(row),
                    width, origin_text(row, report.project), overrode_text(row, report.project));
  }
  return text;
}

Json value_json(const Option& option, const Words& words) {
  if (option.shape == Shape::kMany) return words;
  if (option.shape == Shape::kPairs) {
    Json pairs = Json::object();
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) pairs[words[i]] = words[i + 1];
    return pairs;
  }
  const std::string word = words.empty() ? "" : words.front();
  if (option.shape == Shape::kFlag) return word == "true";
  const auto number = option.highest > 0 ? parse_unsigned(word) : std::nullopt;
  return number ? Json(*number) : Json(word);
}

Json saying_json(const Option& option, const Saying& saying) {
  return {{"value", value_json(option, saying.words)},
          {"source", saying.source},
          {"from", saying.from.empty() ? Json(nullptr) : Json(saying.from)}};
}

Json row_json(const ConfigRow& row) {
  Json json = {{"option", row.option->name}};
  if (row.value) {
    json.update(saying_json(*row.option, *row.value));
  } else {
    json.update({{"value", nullptr}, {"source", "default"}, {"from", nullptr}});
  }
  Json overrode = Json::array();
  for (const Saying& saying : row.overrode) overrode.push_back(saying_json(*row.option, saying));
  json["overrode"] = std::move(overrode);
  return json;
}

}  // namespace

std::string config_text(const ConfigReport& report) {
  std::string text = "Project  " + printable(report.project) + "\n";
  for (const std::string& file : report.files) text += "File     " + printable(file) + "\n";
  text += table(report);
  if (!report.unused.empty()) text += "\nVariables that are not used\n";
  for (const UnusedVariable& each : report.unused)
    text += "  " + printable(each.name) + ": " + each.why + "\n";
  if (!report.not_detected.empty()) text += "\nNothing is detected\n";
  for (const std::string_view line : split(report.not_detected, '\n'))
    if (!line.empty()) text += "  " + printable(line) + "\n";
  return text;
}

std::string config_json(const ConfigReport& report) {
  Json settings = Json::array();
  for (const ConfigRow& row : report.rows) settings.push_back(row_json(row));
  Json unused = Json::array();
  for (const UnusedVariable& each : report.unused)
    unused.push_back({{"variable", each.name}, {"why", each.why}});
  const Json document = {
      {"project", report.project},
      {"files", report.files},
      {"settings", std::move(settings)},
      {"unused", std::move(unused)},
      {"not_detected", report.not_detected.empty() ? Json(nullptr) : Json(report.not_detected)}};
  return as_document(document);
}

}  // namespace warp
