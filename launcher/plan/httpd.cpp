#include "launcher/plan/httpd.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr std::array kMpmNames = {"event", "worker", "prefork"};
constexpr std::array kModuleDirectories = {"/usr/lib/apache2/modules", "/usr/lib64/httpd/modules",
                                           "/usr/lib/httpd/modules", "/usr/local/apache2/modules",
                                           "/usr/libexec/apache2"};
constexpr auto kRemedy = "; install httpd (Debian: apt-get install apache2-bin)";

Result<std::string> find_executable(const Settings& settings, const Environment& environment) {
  if (!settings.httpd_executable.empty()) {
    if (is_executable(settings.httpd_executable)) return settings.httpd_executable;
    return fail(Errc::kNotFound,
                "--httpd-executable " + printable(settings.httpd_executable) + ": no such program");
  }
  const std::string path = variable(environment, "PATH") + ":" + std::string(kSystemPrograms);
  for (const char* const name : {"apache2", "httpd"})
    if (auto found = find_program(name, path)) return *found;
  return fail(Errc::kNotFound, "neither apache2 nor httpd on " + path + std::string(kRemedy) +
                                   ", or name it with --httpd-executable");
}

bool holds_modules(const std::string& directory) {
  const std::vector<std::string> names = names_in_directory(directory);
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.starts_with("mod_") && name.ends_with(".so");
  });
}

Result<std::string> find_modules_directory(const Settings& settings) {
  if (!settings.modules_directory.empty()) {
    if (holds_modules(settings.modules_directory)) return settings.modules_directory;
    return fail(Errc::kNotFound, "--modules-directory " + printable(settings.modules_directory) +
                                     ": no folder with mod_*.so");
  }
  std::string looked_at;
  for (const char* const directory : kModuleDirectories) {
    if (holds_modules(directory)) return directory;
    looked_at += std::string(looked_at.empty() ? "" : ", ") + directory;
  }
  return fail(Errc::kNotFound, "httpd's modules are in none of " + looked_at + kRemedy +
                                   ", or name their folder with --modules-directory");
}

bool is_built_in(const Httpd& httpd, const std::string& name) {
  return std::find(httpd.built_in.begin(), httpd.built_in.end(), name) != httpd.built_in.end();
}

std::string module_path(const Httpd& httpd, const std::string& name) {
  return httpd.modules_directory + "/mod_" + name + ".so";
}

// A static MPM is listed without the prefix: event.c.
bool has_mpm(const Httpd& httpd, const char* name) {
  return is_built_in(httpd, name) || is_file(module_path(httpd, std::string("mpm_") + name));
}

}  // namespace

std::vector<std::string> parse_built_in(std::string_view output) {
  std::vector<std::string> names;
  for (const std::string_view line : split(output, '\n')) {
    const std::string_view name = trim(line);
    if (name.ends_with(".c")) names.emplace_back(name.substr(0, name.size() - 2));
  }
  return names;
}

Result<Httpd> find_httpd(const Settings& settings, Host& host) {
  Httpd httpd;
  WARP_TRY(httpd.executable, find_executable(settings, host.environment()));
  WARP_TRY(httpd.modules_directory, find_modules_directory(settings));
  WARP_TRY(const Finished listing, host.run({.arguments = {httpd.executable, "-l"},
                                             .environment = host.environment(),
                                             .directory = "/",
                                             .time_limit = std::chrono::seconds(10)}));
  httpd.built_in = parse_built_in(listing.output);
  if (listing.status != 0 || httpd.built_in.empty())
    return fail(Errc::kNotFound, httpd.executable + " -l lists no modules, so it is no httpd:\n" +
                                     last_lines(listing.output, 5));
  return httpd;
}

std::string mpm_name(Mpm mpm) { return kMpmNames.at(static_cast<std::size_t>(mpm)); }

Result<Mpm> choose_mpm(std::optional<Mpm> wish, const Httpd& httpd) {
  for (std::size_t i = 0; i < kMpmNames.size(); ++i) {
    const Mpm mpm = static_cast<Mpm>(i);
    if ((!wish || *wish == mpm) && has_mpm(httpd, kMpmNames.at(i))) return mpm;
  }
  if (wish)
    return fail(Errc::kNotFound, "--server-mpm " + mpm_name(*wish) + ": " +
                                     module_path(httpd, "mpm_" + mpm_name(*wish)) + " is missing");
  return fail(Errc::kNotFound,
              "no MPM module (mod_mpm_event.so, …) in " + httpd.modules_directory + kRemedy);
}

bool has_module(const Httpd& httpd, const std::string& name) {
  return is_built_in(httpd, "mod_" + name) || is_file(module_path(httpd, name));
}

Result<std::vector<LoadedModule>> load_modules(const Httpd& httpd,
                                               const std::vector<std::string>& names) {
  std::vector<LoadedModule> modules;
  std::string missing;
  for (const std::string& name : names) {
    const std::string built_in = name.starts_with("mpm_") ? name.substr(4) : "mod_" + name;
    if (is_built_in(httpd, built_in)) continue;
    modules.push_back({name + "_module", module_path(httpd, name)});
    if (!is_file(modules.back().path))
      missing += (missing.empty() ? "" : ", ") + modules.back().path;
  }
  if (missing.empty()) return modules;
  return fail(Errc::kNotFound, "httpd's module is missing: " + missing + kRemedy);
}

}  // namespace warp
