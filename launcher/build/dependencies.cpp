#include "launcher/build/dependencies.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/strings.hpp"
#include "launcher/build/listing.hpp"
#include "launcher/build/requirements.hpp"
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
    text += read_requirements(folder);
  } else if (dependencies == Dependencies::kPipenv) {
    text += read_text(folder + "/Pipfile.lock").value_or("");
  } else if (dependencies != Dependencies::kNone) {
    text += listing_of(folder);
  }
  return text;
}

}  // namespace warp
