#include "launcher/build/dependencies.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <vector>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

struct Kind {
  Dependencies dependencies;
  std::string_view word;
  std::string_view file;
};

constexpr std::array kKinds = {
    Kind{Dependencies::kUv, "uv", "uv.lock"},
    Kind{Dependencies::kPoetry, "poetry", "poetry.lock"},
    Kind{Dependencies::kPipenv, "pipenv", "Pipfile.lock"},
    Kind{Dependencies::kRequirements, "requirements", "requirements.txt"},
    Kind{Dependencies::kProject, "project", "pyproject.toml or setup.py"},
    Kind{Dependencies::kNone, "none", ""},
};

const Kind& kind_of(Dependencies dependencies) {
  return *std::find_if(kKinds.begin(), kKinds.end(),
                       [&](const Kind& kind) { return kind.dependencies == dependencies; });
}

std::string all_words() {
  std::vector<std::string> words;
  for (const Kind& kind : kKinds) words.emplace_back(kind.word);
  return join(words, ", ");
}

Result<Dependencies> chosen_dependencies(const std::string& folder, bool is_installable,
                                         std::string_view chosen) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [&](const Kind& kind) { return kind.word == chosen; });
  if (found == kKinds.end())
    return fail(Errc::kInvalidSetting,
                "dependencies: '" + printable(chosen) + "' is none of " + all_words());
  const Dependencies dependencies = found->dependencies;
  const bool is_there =
      dependencies == Dependencies::kNone ||
      (dependencies == Dependencies::kProject ? is_installable
                                              : is_file(folder + "/" + std::string(found->file)));
  if (is_there) return dependencies;
  return fail(Errc::kNotFound, "dependencies: " + std::string(found->word) + " is chosen, and " +
                                   folder + " has no " + std::string(found->file));
}

tl::unexpected<Error> several(const std::string& folder, const std::vector<Dependencies>& found) {
  std::string detail = folder + " says in several files which packages it needs:";
  for (const Dependencies each : found)
    detail.append(" ").append(file_of(each)).append(each == found.back() ? "." : ",");
  detail += " Choose: warpdrive build --dependencies ";
  for (const Dependencies each : found)
    detail.append(word_of(each)).append(each == found.back() ? "" : "|");
  return fail(Errc::kAmbiguous,
              detail + "; or write the word into .warpdrive/dependencies; or remove a file");
}

// requirements.txt and what it includes with -r and -c.
void add_requirements(const std::string& path, std::set<std::string>& seen, std::string& text) {
  if (!seen.insert(path).second) return;
  const auto written = read_text(path);
  text.append(path).append("\n").append(written ? *written : "");
  if (!written) return;
  for (const std::string_view line : split(*written, '\n')) {
    for (const std::string_view flag : {"-r", "--requirement", "-c", "--constraint"}) {
      if (!line.starts_with(flag)) continue;
      std::string_view name = line.substr(flag.size());
      if (name.starts_with("=")) name.remove_prefix(1);
      if (!trim(name).empty()) add_requirements(absolute(trim(name), parent_of(path)), seen, text);
    }
  }
}

bool is_skipped(const std::filesystem::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  std::error_code error;
  return name.starts_with(".") || name == "__pycache__" || name == "node_modules" ||
         name == "build" || name.ends_with(".egg-info") ||
         std::filesystem::exists(entry.path() / "pyvenv.cfg", error);
}

// Names, sizes and times of the project's files: any of them may be part of the package.
std::string listing_of(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> lines;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_directory(error) && is_skipped(*entry)) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(error)) {
      const auto time = entry->last_write_time(error).time_since_epoch().count();
      lines.push_back(entry->path().string() + " " + std::to_string(entry->file_size(error)) + " " +
                      std::to_string(time));
    }
  }
  std::sort(lines.begin(), lines.end());
  return join(lines, "\n");
}

}  // namespace

std::string_view word_of(Dependencies dependencies) { return kind_of(dependencies).word; }
std::string_view file_of(Dependencies dependencies) { return kind_of(dependencies).file; }

Result<Dependencies> find_dependencies(const std::string& folder, bool is_installable,
                                       std::string_view chosen) {
  if (!chosen.empty()) return chosen_dependencies(folder, is_installable, chosen);
  std::vector<Dependencies> found;
  for (const Kind& kind : kKinds)
    if (!kind.file.empty() && is_file(folder + "/" + std::string(kind.file)))
      found.push_back(kind.dependencies);
  // A lock is a lock of the package that stands beside it.
  const bool has_lock = !found.empty() && found.front() != Dependencies::kRequirements;
  if (is_installable && !has_lock) found.push_back(Dependencies::kProject);
  if (found.size() > 1) return several(folder, found);
  return found.empty() ? Dependencies::kNone : found.front();
}

std::string inputs_of(Dependencies dependencies, const std::string& folder) {
  std::string text = std::string(word_of(dependencies)) + "\n";
  if (dependencies == Dependencies::kRequirements) {
    std::set<std::string> seen;
    add_requirements(folder + "/requirements.txt", seen, text);
  } else if (dependencies == Dependencies::kPipenv) {
    text += read_text(folder + "/Pipfile.lock").value_or("");
  } else if (dependencies != Dependencies::kNone) {
    text += listing_of(folder);
  }
  return text;
}

}  // namespace warp
