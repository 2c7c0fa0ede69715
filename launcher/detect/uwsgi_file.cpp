#include "launcher/detect/uwsgi_file.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kLongestValue = 4096;  // with its placeholders replaced

// uWSGI takes both for the same.
std::string with_dashes(std::string key) {
  std::replace(key.begin(), key.end(), '_', '-');
  return key;
}

class Replacer final {
 public:
  Replacer(std::string directory, const Environment& environment)
      : directory_(std::move(directory)), environment_(environment) {}

  void remember(const std::string& key, const std::string& value) { values_[key] = value; }

  // Nothing for a value that gets too long.
  [[nodiscard]] std::optional<std::string> replaced(std::string_view text) const {
    if (text.find_first_of("%$") == std::string_view::npos) return std::string(text);
    std::string result;
    while (!text.empty()) {
      if (result.size() > kLongestValue) return std::nullopt;
      if (text.starts_with("%d")) {
        result += directory_ + "/";
        text.remove_prefix(2);
      } else if (text.starts_with("%(") || text.starts_with("$(")) {
        const std::size_t end = std::min(text.find(')'), text.size() - 1);
        const std::string name(text.substr(2, end - 2));
        result += text.front() == '%' ? value_of(name) : variable(environment_, name);
        text.remove_prefix(end + 1);
      } else {
        result += text.front();
        text.remove_prefix(1);
      }
    }
    if (result.size() > kLongestValue) return std::nullopt;
    return result;
  }

 private:
  [[nodiscard]] std::string value_of(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::string() : found->second;
  }

  std::string directory_;
  const Environment& environment_;
  Values values_;
};

// Settings of which the last one counts.
Result<> apply(NamedApplication& named, const std::string& key, const std::string& value,
               const std::string& place) {
  if (key == "module" || key == "wsgi") return set_module(named, value);
  if (key == "wsgi-file" || key == "file") named.script = value;
  if (key == "callable") named.callable = value;
  if (key == "chdir") named.directory = value;
  if (key == "pythonpath" || key == "python-path" || key == "pp")
    named.python_path.push_back(value);
  if (key == "processes" || key == "workers")
    named.values.push_back({"processes", value, place + ": " + key});
  if (key == "threads") named.values.push_back({"threads", value, place + ": " + key});
  if (key == "mount" || key == "plugin" || key == "attach-daemon")
    named.notes.push_back({"uWSGI's " + key + " is not taken over", place});
  return {};
}

}  // namespace

Result<std::vector<IniEntry>> read_uwsgi_entries(std::string_view text, const std::string& path,
                                                 const Environment& environment) {
  Replacer replacer(parent_of(path), environment);
  std::vector<IniEntry> entries;
  for (IniEntry& entry : read_ini(text)) {
    if (entry.section != "uwsgi") continue;
    auto value = replacer.replaced(entry.value);
    if (!value)
      return fail(Errc::kInvalidSetting,
                  path + ":" + std::to_string(entry.line) + ": the value of " +
                      printable(entry.key) + " is longer than " + std::to_string(kLongestValue) +
                      " bytes when its placeholders are replaced; shorten it");
    entry.value = *std::move(value);
    replacer.remember(entry.key, entry.value);
    entry.key = with_dashes(entry.key);
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<NamedApplication> read_uwsgi_text(std::string_view text, const std::string& path,
                                         const std::string& where, const Environment& environment) {
  NamedApplication named{.server = "uwsgi", .where = where};
  const std::string home = parent_of(path);
  WARP_TRY(const std::vector<IniEntry> entries, read_uwsgi_entries(text, path, environment));
  for (const IniEntry& entry : entries) {
    named.where = where + ":" + std::to_string(entry.line);
    WARP_CHECK(apply(named, entry.key, entry.value, named.where));
  }
  named.where = where;
  if (!named.directory.empty()) named.directory = absolute(named.directory, home);
  const std::string base = named.directory.empty() ? home : named.directory;
  if (!named.script.empty()) named.script = absolute(named.script, base);
  for (std::string& folder : named.python_path) folder = absolute(folder, base);
  return named;
}

}  // namespace warp
