#include "launcher/build/requirements.hpp"

#include <initializer_list>
#include <optional>
#include <set>
#include <string_view>

#include "base/strings.hpp"
#include "launcher/build/listing.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

// The value of a requirement line's option in one of its forms: "-r a", "-ra", "--requirement=a".
std::optional<std::string_view> value_of(std::string_view line,
                                         std::initializer_list<std::string_view> flags) {
  for (const std::string_view flag : flags) {
    if (!line.starts_with(flag)) continue;
    std::string_view value = line.substr(flag.size());
    if (flag.starts_with("--") && value.find_first_of("= \t") != 0) continue;
    if (value.starts_with("=")) value.remove_prefix(1);
    if (value = trim(value); !value.empty()) return value;
  }
  return std::nullopt;
}

// As pip reads it: a # begins a comment at the line's start and after white space.
std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i)
    if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t'))
      return trim(line.substr(0, i));
  return trim(line);
}

// "./lib[extra] ; marker", "mine @ file:///srv/lib#egg=mine": the path; "" for a package that comes
// from elsewhere.
std::string_view local_path_in(std::string_view requirement) {
  if (const auto at = requirement.find('@'); at != std::string_view::npos)
    if (const auto place = trim(requirement.substr(at + 1)); place.starts_with("file:"))
      requirement = place;
  if (requirement.starts_with("file:")) {
    requirement.remove_prefix(std::string_view("file:").size());
    for (const std::string_view start : {"//localhost/", "///"})
      if (requirement.starts_with(start)) requirement.remove_prefix(start.size() - 1);
  } else if (requirement.find("://") != std::string_view::npos) {
    return {};
  }
  requirement = requirement.substr(0, requirement.find_first_of("[;#"));
  return trim(requirement.substr(0, requirement.find(" --")));
}

// pip is started in the project's folder, and takes paths of packages from there.
class RequirementsReader final {
 public:
  explicit RequirementsReader(std::string folder) : folder_(std::move(folder)) {}

  std::string read() {
    add(folder_ + "/requirements.txt");
    return std::move(text_);
  }

 private:
  void add(const std::string& path) {
    if (!is_file(path) || !seen_.insert(path).second) return;
    const auto written = read_text(path);
    text_.append(path).append("\n").append(written ? *written : "").append("\n");
    if (!written) return;
    for (const std::string_view each : split(*written, '\n')) {
      const std::string_view line = without_comment(each);
      if (const auto file = value_of(line, {"-r", "--requirement", "-c", "--constraint"})) {
        add(absolute(*file, parent_of(path)));
      } else {
        add_package(value_of(line, {"-e", "--editable"}).value_or(line));
      }
    }
  }

  void add_package(std::string_view requirement) {
    const std::string_view name = local_path_in(requirement);
    // pip takes a word without a slash for the name of a package, unless it is . or ..
    if (name.find('/') == std::string_view::npos && !name.starts_with(".")) return;
    const std::string path = absolute(name, folder_);
    if (is_directory(path) && seen_.insert(path).second)
      text_.append(listing_of(path)).append("\n");
  }

  std::string folder_;
  std::set<std::string> seen_;
  std::string text_;
};

}  // namespace

std::string read_requirements(const std::string& folder) {
  return RequirementsReader(folder).read();
}

}  // namespace warp
