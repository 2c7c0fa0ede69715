// The objects of a cluster that run a project, as YAML.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "launcher/manifests/manifest_request.hpp"

namespace warp {

struct Manifest {
  std::string file{};  // "deployment.yaml"
  std::string text{};
};

// In the order in which they are to be made. `templates` is the folder conf-templates.
[[nodiscard]] Result<std::vector<Manifest>> render_manifests(const ManifestRequest& request,
                                                             const std::string& templates);

}  // namespace warp
