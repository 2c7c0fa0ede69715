#include "launcher/explain/inquire.hpp"

#include "launcher/detect/detect_project.hpp"
#include "launcher/explain/explain_project.hpp"
#include "launcher/explain/show_config.hpp"
#include "launcher/explain/surroundings.hpp"
#include "launcher/plan/installation.hpp"

namespace warp {

Result<std::string> inquire(const CommandLine& line, Host& host) {
  WARP_TRY(const Configuration configuration, read_configuration(line.given, host, line.problems));
  WARP_TRY(const Installation installation, find_installation());
  const Settings& settings = configuration.settings;
  auto project = detect_project(settings, host, installation.libexec_directory);
  if (project) add_evidence_of_surroundings(*project, settings, host);
  if (line.task == Task::kExplain) {
    if (!project) return tl::unexpected(project.error());
    return line.is_json ? explanation_json(*project) : explanation_text(*project);
  }
  const ConfigReport report{.project = settings.project_directory,
                            .files = configuration.sources.files,
                            .rows = config_rows(configuration, project ? &*project : nullptr,
                                                count_processes(host.granted())),
                            .unused = configuration.sources.unused,
                            .not_detected = project ? std::string() : describe(project.error())};
  return line.is_json ? config_json(report) : config_text(report);
}

}  // namespace warp
