#include "launcher/settings/entry.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

bool is_identifier(std::string_view text) {
  const auto is_letter = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (static_cast<unsigned char>(c) >= 0x80);
  };
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

Result<Entry> as_module(const std::string& text) {
  const auto colon = text.find(':');
  Entry entry{.kind = Entry::Kind::kModule, .target = text.substr(0, colon)};
  if (colon != std::string::npos) entry.callable = text.substr(colon + 1);
  const bool callable_is_good = colon == std::string::npos || is_callable_name(entry.callable);
  if (!is_dotted_name(entry.target) || !callable_is_good)
    return fail(Errc::kInvalidSetting,
                "entry point '" + printable(text) +
                    "' is neither a file nor a module like package.module or "
                    "package.module:callable or package.module:factory()");
  return entry;
}

// The text as a path that exists: where it was written, else in the project's folder.
std::string existing_path(const LocatedText& text, const std::string& project_directory) {
  for (const std::string& base : {text.base, project_directory}) {
    if (base.empty()) continue;
    std::string path = absolute(text.text, base);
    if (is_file(path) || is_directory(path)) return path;
  }
  return {};
}

bool looks_like_a_path(const std::string& text) {
  return text.find('/') != std::string::npos || text.ends_with(".py") || text.ends_with(".wsgi") ||
         text.ends_with(".ini");
}

}  // namespace

bool is_dotted_name(std::string_view text) {
  const auto parts = split(text, '.');
  return std::all_of(parts.begin(), parts.end(), is_identifier);
}

bool is_callable_name(std::string_view text) {
  if (text.ends_with("()")) text.remove_suffix(2);
  return is_dotted_name(text);
}

Result<Entry> read_entry(const Settings& settings, const std::string& project_directory) {
  if (!settings.entry_point) return Entry{};
  const std::string& text = settings.entry_point->text;
  if (settings.application_type == ApplicationType::kModule) return as_module(text);
  const std::string path = existing_path(*settings.entry_point, project_directory);
  if (is_file(path)) return Entry{.kind = Entry::Kind::kScript, .target = path};
  const bool is_file_wanted = settings.application_type.has_value();
  if (!path.empty() && !is_file_wanted) return Entry{.kind = Entry::Kind::kFolder, .target = path};
  if (looks_like_a_path(text) || is_file_wanted)
    return fail(Errc::kNotFound,
                "entry point " + printable(absolute(text, settings.entry_point->base)) +
                    ": no such file; name a script file, a module or a project folder");
  return as_module(text);
}

std::string find_project_directory(const Settings& settings, const std::string& current_directory) {
  if (!settings.working_directory.empty()) return settings.working_directory;
  const auto entry = read_entry(settings, {});
  if (!entry) return current_directory;
  if (entry->kind == Entry::Kind::kFolder) return entry->target;
  if (entry->kind != Entry::Kind::kScript) return current_directory;
  std::string folder = parent_of(entry->target);
  while (folder != "/" && is_file(folder + "/__init__.py")) folder = parent_of(folder);
  return folder;
}

}  // namespace warp
