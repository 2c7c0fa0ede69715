#include "launcher/explain/config_rows.hpp"

#include <map>

#include "launcher/explain/secrets.hpp"

namespace warp {
namespace {

constexpr std::string_view kDefault = "default";

std::string_view name_of_source(Source source) {
  switch (source) {
    case Source::kFlag:
      return "flag";
    case Source::kVariable:
    case Source::kForeignVariable:
      return "environment";
    case Source::kFile:
      return "file";
    case Source::kDevelopment:
      return "development";
    case Source::kDefault:
      break;
  }
  return kDefault;
}

// The key stands in the row's first column already.
std::string place_of(const Given& given) {
  if (given.source == Source::kDefault) return {};
  const std::string key = ": " + std::string(given.option->name);
  const bool has_key = given.source == Source::kFile && given.origin.ends_with(key);
  return given.origin.substr(0, given.origin.size() - (has_key ? key.size() : 0));
}

Saying saying_of(const Given& given) {
  return {without_secrets(*given.option, given.words), name_of_source(given.source),
          place_of(given)};
}

// By the option's name: the value, and where the project says it.
using Detected = std::map<std::string_view, std::pair<std::string, std::string>>;

Detected detected_values(const Project& project) {
  Detected values = {{"entry-point", {project.application.target, {}}},
                     {"callable-object", {project.application.callable, {}}},
                     {"working-directory", {project.directory, {}}},
                     {"user", {project.user.name, {}}},
                     {"group", {project.user.group, {}}}};
  if (!project.python.home.empty()) values["python-home"] = {project.python.home, {}};
  for (const DetectedValue& each : project.values) values[each.option] = {each.value, each.where};
  return values;
}

ConfigRow row_of(const Option& option, const std::vector<Given>& givens, const Detected& detected) {
  ConfigRow row{.option = &option, .value = {}, .overrode = {}};
  for (auto given = givens.rbegin(); given != givens.rend(); ++given) {
    if (given->option != &option) continue;
    if (!row.value) {
      row.value = saying_of(*given);
    } else if (given->source != Source::kDefault) {
      row.overrode.push_back(saying_of(*given));
    }
  }
  const auto found = detected.find(option.name);
  const bool is_said = row.value && row.value->source != kDefault;
  if (!is_said && found != detected.end())
    row.value = Saying{{found->second.first}, "detected", found->second.second};
  if (!row.value && option.shape == Shape::kFlag) row.value = Saying{{"false"}, kDefault, {}};
  return row;
}

}  // namespace

std::vector<ConfigRow> config_rows(const Configuration& configuration, const Project* project,
                                   const ProcessCount& count) {
  Detected detected = project == nullptr ? Detected{} : detected_values(*project);
  // Unless the project says a number.
  detected.emplace("processes", std::pair(std::to_string(count.processes), count.reckoning));
  std::vector<ConfigRow> rows;
  for (const Option& option : option_table())
    rows.push_back(row_of(option, configuration.sources.givens, detected));
  return rows;
}

}  // namespace warp
