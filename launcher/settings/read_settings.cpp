#include "launcher/settings/read_settings.hpp"

#include "launcher/settings/check_httpd.hpp"
#include "launcher/settings/check_settings.hpp"
#include "launcher/settings/development.hpp"
#include "launcher/settings/entry.hpp"

namespace warp {

Result<Configuration> read_configuration(const std::vector<Given>& flags, Host& host,
                                         Problems problems) {
  Configuration configuration;
  Settings& settings = configuration.settings;
  configuration.sources = read_sources(flags, host, problems);
  std::vector<Given>& givens = configuration.sources.givens;
  const std::vector<Given> for_development = development_givens(givens);
  givens.insert(givens.end(), for_development.begin(), for_development.end());
  apply(givens, settings, problems);
  settings.project_directory = find_project_directory(settings, configuration.sources.folder);
  check_settings(settings, host, problems);
  check_httpd_settings(settings, problems);
  check_development(settings, problems);
  std::string& url = settings.mount_point;
  while (url.size() > 1 && url.back() == '/') url.pop_back();
  if (!problems.empty()) return tl::unexpected(as_one(problems));
  return configuration;
}

Result<Settings> read_settings(const std::vector<Given>& flags, Host& host, Problems problems) {
  WARP_TRY(Configuration configuration, read_configuration(flags, host, std::move(problems)));
  return std::move(configuration.settings);
}

}  // namespace warp
