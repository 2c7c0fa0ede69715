#include "launcher/image/image_names.hpp"

#include "launcher/host/files.hpp"
#include "launcher/image/dockerfile.hpp"

namespace warp {
namespace {

constexpr auto kDefaultBuilder = "warpdrive-builder";

}  // namespace

std::string project_name(const Arguments& arguments, const Workspace& workspace) {
  if (!arguments.words.empty()) return arguments.words.front();
  const std::string environment = variable(workspace.variables, "WARPDRIVE_ENVIRONMENT");
  return environment.empty() ? name_of(workspace.source) : environment;
}

Result<std::string> chosen_builder(const Arguments& arguments, const Workspace& workspace) {
  WARP_TRY(std::string builder,
           chosen({"builder", "WARPDRIVE_BUILDER", "builder"}, arguments, workspace));
  if (builder.empty()) builder = kDefaultBuilder;
  WARP_CHECK(check_image_name("builder", builder));
  return builder;
}

}  // namespace warp
