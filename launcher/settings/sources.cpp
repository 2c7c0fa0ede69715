#include "launcher/settings/sources.hpp"

#include <algorithm>
#include <iterator>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/entry.hpp"
#include "launcher/settings/toml_file.hpp"

namespace warp {
namespace {

constexpr auto kOwnFile = "/warpdrive.toml";
constexpr auto kSharedFile = "/pyproject.toml";
constexpr auto kSharedTable = "tool.warpdrive";

void append(std::vector<Given>& all, std::vector<Given> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

std::vector<Given> read_defaults() {
  std::vector<Given> givens;
  for (const Option& option : option_table())
    if (!option.fallback.empty())
      givens.push_back(
          {&option, {std::string(option.fallback)}, "default of " + flag_of(option), "/"});
  return givens;
}

// nullopt for a file that is not there.
std::optional<std::string> text_of_file(const std::string& path, Problems& problems) {
  if (!is_file(path)) return std::nullopt;
  auto text = read_text(path);
  if (text) return std::move(*text);
  problems.push_back(text.error());
  return std::nullopt;
}

std::optional<std::vector<Given>> read_own_file(const std::string& path, Problems& problems) {
  auto text = text_of_file(path, problems);
  if (!text) return std::nullopt;
  return read_toml({path, std::move(*text)}, problems);
}

// Other tools' file: one that does not speak of us is not looked at, whatever is wrong with it.
std::optional<std::vector<Given>> read_shared_file(const std::string& path, Problems& problems) {
  auto text = text_of_file(path, problems);
  if (!text || text->find("warpdrive") == std::string::npos) return std::nullopt;
  return read_toml({path, std::move(*text), kSharedTable}, problems);
}

void read_files(Sources& sources, Host& host, Problems& problems) {
  const std::string own = sources.folder + kOwnFile;
  const std::string shared = sources.folder + kSharedFile;
  auto said_by_shared = read_shared_file(shared, problems);
  auto said_by_own = read_own_file(own, problems);
  if (said_by_own) sources.files.push_back(own);
  if (said_by_shared) sources.files.push_back(shared);
  if (said_by_own && said_by_shared)
    host.warn("both " + printable(own) + " and [" + kSharedTable + "] of " + printable(shared) +
              " are read, and a key of warpdrive.toml wins; better keep one of them");
  append(sources.givens, std::move(said_by_shared).value_or(std::vector<Given>{}));
  append(sources.givens, std::move(said_by_own).value_or(std::vector<Given>{}));
}

// The files lie in the project's folder, so what the other sources say of the folder comes first.
std::string folder_of_the_files(const std::vector<Given>& variables,
                                const std::vector<Given>& flags,
                                const std::string& current_directory) {
  Settings settings;
  Problems ignored;
  apply(variables, settings, ignored);
  apply(flags, settings, ignored);
  return find_project_directory(settings, current_directory);
}

}  // namespace

Sources read_sources(const std::vector<Given>& flags, Host& host, Problems& problems) {
  FromEnvironment environment = read_environment(host, problems);
  Sources sources;
  sources.folder = folder_of_the_files(environment.givens, flags, host.current_directory());
  sources.unused = std::move(environment.unused);
  sources.givens = read_defaults();
  read_files(sources, host, problems);
  append(sources.givens, std::move(environment.givens));
  append(sources.givens, flags);
  return sources;
}

void apply(const std::vector<Given>& givens, Settings& settings, Problems& problems) {
  for (auto given = givens.begin(); given != givens.end(); ++given) {
    const bool is_overridden = std::any_of(
        given + 1, givens.end(), [&](const Given& later) { return later.option == given->option; });
    if (is_overridden && given->source == Source::kForeignVariable) continue;
    if (auto stored = given->option->store(settings, *given); !stored)
      problems.push_back(stored.error());
    if (given->source != Source::kDefault)
      settings.origins[std::string(given->option->name)] = given->origin;
  }
}

}  // namespace warp
