#include "launcher/manifests/render_manifests.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/manifests/manifest_values.hpp"
#include "launcher/render/template.hpp"

namespace warp {
namespace {

// Templates leave blank lines where their tags stood; no text of ours has any.
std::string without_blank_lines(std::string_view text) {
  std::string result;
  for (const std::string_view line : split(text, '\n'))
    if (!trim(line).empty()) result.append(line).append("\n");
  return result;
}

std::vector<std::string> templates_for(const ManifestRequest& request) {
  std::vector<std::string> names;
  if (request.is_built) names.insert(names.end(), {"image_stream", "build_config"});
  // In a folder of its own, for it is nothing to be applied together with the others.
  if (request.migrates) names.emplace_back("migrate_job");
  names.insert(names.end(), {"deployment", "service"});
  names.emplace_back(request.platform == Platform::kOpenShift ? "route" : "ingress");
  names.insert(names.end(), {"autoscaler", "disruption_budget"});
  return names;
}

std::string file_for(std::string name) {
  if (name == "migrate_job") return "jobs/migrate.yaml";
  std::replace(name.begin(), name.end(), '_', '-');
  return name + ".yaml";
}

}  // namespace

Result<std::vector<Manifest>> render_manifests(const ManifestRequest& request,
                                               const std::string& templates) {
  const TemplateValues values = manifest_values(request);
  std::vector<Manifest> manifests;
  for (const std::string& name : templates_for(request)) {
    WARP_TRY(const std::string text,
             render_template(templates + "/manifests", name, values, quote_for_yaml));
    manifests.push_back({file_for(name), without_blank_lines(text)});
  }
  return manifests;
}

}  // namespace warp
