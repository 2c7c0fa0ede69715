#include "launcher/system/module_files.hpp"

#include <array>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/render/quote.hpp"
#include "launcher/render/template.hpp"

namespace warp {
namespace {

constexpr std::string_view kMarker = "# Written by warpdrive-express install-module.";
// Of Debian; of Fedora and its like; of SUSE.
constexpr std::array kConfigurations = {"/etc/apache2/mods-available", "/etc/httpd/conf.modules.d",
                                        "/etc/apache2/conf.d"};

Result<std::string> find_directory() {
  for (const char* const directory : kConfigurations)
    if (is_directory(directory)) return directory;
  return fail(Errc::kNotFound,
              "none of " + join({kConfigurations.begin(), kConfigurations.end()}, ", ") +
                  " is here; name the folder of your Apache's configuration: warpdrive-express "
                  "install-module DIR");
}

// What somebody else has written stays.
Result<> write_ours(const std::string& path, const std::string& text) {
  if (is_file(path)) {
    WARP_TRY(const std::string present, read_text(path));
    if (!present.starts_with(kMarker))
      return fail(Errc::kInvalidSetting, path +
                                             " is there and was not written by install-module; "
                                             "move it away first");
  }
  return write_atomically(path, text, 0644);
}

bool is_like_debians(const std::string& directory) {
  return name_of(directory) == "mods-available";
}

}  // namespace

Result<std::string> module_config(const Installation& installation) {
  WARP_TRY(const std::string path, quote_for_httpd(installation.module));
  return "LoadModule warp_module " + path + "\n";
}

Result<std::string> install_module(const Installation& installation, const std::string& directory) {
  std::string folder = directory;
  if (folder.empty()) {
    WARP_TRY(folder, find_directory());
  }
  if (!is_directory(folder))
    return fail(Errc::kNotFound, folder + " is no folder; make it, or name another one");
  TemplateValues values;
  values.named["marker"] = std::string(kMarker);
  WARP_TRY(const std::string settings,
           render_template(installation.template_directory, "warp.conf", values));
  WARP_TRY(const std::string load, module_config(installation));
  if (!is_like_debians(folder)) {
    WARP_CHECK(write_ours(folder + "/warp.conf", settings + "\n" + load));
    return "wrote " + folder + "/warp.conf\n" +
           "Have httpd.conf include it, unless it does, and restart Apache.\n";
  }
  WARP_CHECK(write_ours(folder + "/warp.load", std::string(kMarker) + "\n" + load));
  WARP_CHECK(write_ours(folder + "/warp.conf", settings));
  return "wrote " + folder + "/warp.load and warp.conf\nNow: a2enmod warp && apachectl graceful\n";
}

}  // namespace warp
