#include "launcher/settings/check_settings.hpp"

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/entry.hpp"

namespace warp {
namespace {

class Checker final {
 public:
  Checker(const Settings& settings, Problems& problems)
      : settings_(settings), problems_(problems) {}

  void check_url_aliases() {
    for (const auto& [url, path] : settings_.url_aliases) {
      if (!url.starts_with("/") || has_control_characters(url))
        refuse("url-alias", "URL '" + printable(url) + "' does not start with /");
      else if (url.find_first_not_of('/') == std::string::npos)
        refuse("url-alias",
               "URL / is all there is, so that nothing would be left for the "
               "application; use document-root, whose files go before it");
      else if (!is_directory(path) && !is_file(path))
        refuse("url-alias", printable(path) + " for " + url + ": no such file or folder");
    }
  }

  void check_setenv() {
    for (const auto& [name, value] : settings_.setenv) {
      if (name.empty() || name.find_first_of("= \t") != std::string::npos ||
          has_control_characters(name))
        refuse("setenv", "'" + printable(name) + "' is not a variable's name");
      if (has_control_characters(value))
        refuse("setenv", "the value of " + printable(name) +
                             " has control characters, which httpd.conf can't carry");
    }
  }

  void check_mount_point() {
    const std::string& url = settings_.mount_point;
    if (!url.starts_with("/") || has_control_characters(url))
      refuse("mount-point", "'" + printable(url) + "' does not start with /");
  }

  void check_project_directory() {
    const std::string& path = settings_.project_directory;
    if (!is_directory(path)) refuse("working-directory", printable(path) + ": no such folder");
    // One text for httpd and Python, with colons between the folders.
    if (path.find(':') != std::string::npos)
      refuse("working-directory",
             printable(path) + ": a path on sys.path can't have a colon; rename the folder");
  }

  void check_python_path() {
    for (const std::string& path : settings_.python_path)
      if (path.find(':') != std::string::npos)
        refuse("python-path",
               printable(path) + ": one folder at a time, and without a colon in its name");
      else if (!is_directory(path) && !is_file(path))
        refuse("python-path", printable(path) + ": no such folder");
  }

  void check_include_files() {
    for (const std::string& path : settings_.include_files)
      if (!is_file(path)) refuse("include-file", printable(path) + ": no such file");
  }

  void check_entry() {
    if (const auto entry = read_entry(settings_, settings_.project_directory); !entry)
      problems_.push_back(
          {entry.error().code, origin_of(settings_, "entry-point") + ": " + entry.error().detail});
  }

 private:
  static bool has_control_characters(std::string_view text) { return printable(text) != text; }

  void refuse(const char* option, const std::string& why) {
    problems_.push_back({Errc::kInvalidSetting, origin_of(settings_, option) + ": " + why});
  }

  const Settings& settings_;
  Problems& problems_;
};

}  // namespace

void check_settings(const Settings& settings, Host& host, Problems& problems) {
  Checker checker(settings, problems);
  checker.check_url_aliases();
  checker.check_setenv();
  checker.check_mount_point();
  checker.check_project_directory();
  checker.check_python_path();
  checker.check_include_files();
  checker.check_entry();
  if (!settings.trust_proxies.empty() && settings.trust_proxy_headers.empty())
    host.warn(
        "trust-proxy trusts nobody without trust-proxy-header; name the header fields that "
        "the proxies set, for instance X-Forwarded-For");
}

}  // namespace warp
