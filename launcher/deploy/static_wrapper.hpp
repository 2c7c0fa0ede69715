// Static files where the server is not httpd: it gets the application with WhiteNoise around it.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

// A server that serves `application` in the place of the project's, with these variables.
struct StaticWrapper {
  Application application{};
  Environment variables{};
};

// What httpd would serve and the application does not: --url-alias, and the collected files of a
// Django project. Those that are not collected are warned of. With WhiteNoise's middleware the
// application has them itself.
[[nodiscard]] std::vector<StaticFiles> unserved_files(const Settings& settings,
                                                      const Project& project, Host& host);

struct WrapperRequest {
  Settings settings{};
  Project project{};
  std::string python_directory{};  // the installation's
  std::string home{};              // the folder that the server is started in
};

// nullopt: the application has all it needs, or there is no WhiteNoise, which is warned of.
[[nodiscard]] Result<std::optional<StaticWrapper>> wrap_for_static_files(
    const WrapperRequest& request, Host& host);

}  // namespace warp
