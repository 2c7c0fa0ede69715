// The names that conf-templates/manifests/ may use: sizes and times that agree with the server's.
#pragma once

#include "launcher/manifests/manifest_request.hpp"
#include "launcher/render/template_values.hpp"

namespace warp {

[[nodiscard]] TemplateValues manifest_values(const ManifestRequest& request);

}  // namespace warp
