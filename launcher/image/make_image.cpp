#include "launcher/image/make_image.hpp"

#include <fmt/format.h>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/foreground.hpp"
#include "launcher/image/dockerfile.hpp"
#include "launcher/image/engine.hpp"
#include "launcher/image/image_names.hpp"
#include "launcher/image/source_copy.hpp"
#include "launcher/project/workspace.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

struct Names {
  std::string builder{};
  std::string image{};
};

Result<Names> choose_names(const Arguments& arguments, const Workspace& workspace) {
  Names names;
  WARP_TRY(names.builder, chosen_builder(arguments, workspace));
  names.image = arguments.value_of("tag");
  if (arguments.has("tag")) {
    WARP_CHECK(check_image_name("--tag", names.image));
  } else {
    WARP_TRY(names.image, image_name(project_name(arguments, workspace)));
  }
  return names;
}

std::string amount_text(const CopiedSource& copied) {
  return fmt::format("{} files, {:.1f} MB; {} files and folders left out", copied.files,
                     static_cast<double>(copied.bytes) / 1e6, copied.left_out);
}

std::string temporary_parent(const Environment& variables) {
  const std::string named = variable(variables, "TMPDIR");
  return named.empty() ? "/tmp" : named;
}

Result<> run_engine(const Engine& engine, const ImageBuild& build, const Workspace& workspace,
                    Host& host) {
  const StepTimer timer("Making the image " + build.image + " from " + build.builder + " with " +
                        engine.name);
  const Command command{.arguments = build_command(engine, build),
                        .environment = host.environment(),
                        .directory = workspace.source};
  WARP_TRY(const int status, run_in_foreground(command, host.stop_signals()));
  if (status == 0) {
    timer.done();
    return {};
  }
  return fail(Errc::kApplication,
              engine.name + " build of " + build.image + " failed with status " +
                  std::to_string(status) + "; what it said stands above. If there is no image " +
                  build.builder +
                  ", make it from warpdrive's source, docker/Dockerfile, or name another with "
                  "--builder; --engine chooses another program");
}

}  // namespace

Result<int> make_image(const Arguments& arguments, Host& host) {
  WARP_TRY(const Workspace workspace, open_workspace(host));
  WARP_TRY(const Names names, choose_names(arguments, workspace));
  const std::string dockerfile = dockerfile_text(names.builder, names.image);
  if (arguments.has("dockerfile")) return print(dockerfile), 0;
  WARP_TRY(const std::string word,
           chosen({"engine", "WARPDRIVE_ENGINE", "engine"}, arguments, workspace));
  WARP_TRY(const Engine engine, find_engine(word, host));

  WARP_TRY(const ScratchFolder scratch, ScratchFolder::make(temporary_parent(host.environment())));
  const ImageBuild build{.builder = names.builder,
                         .image = names.image,
                         .source = scratch.path() + "/src",
                         .dockerfile = scratch.path() + "/Dockerfile",
                         .more = arguments.rest};
  print_step("Copying " + workspace.source);
  WARP_TRY(const IgnoreRules rules, ignore_rules_of(workspace.source));
  WARP_TRY(const CopiedSource copied,
           copy_source(workspace.source, rules, build.source, host.stop_signals()));
  print_detail(amount_text(copied));
  WARP_CHECK(write_atomically(build.dockerfile, dockerfile, 0644));
  WARP_CHECK(run_engine(engine, build, workspace, host));
  print_step("Run it: " + run_hint(engine, names.image));
  return 0;
}

}  // namespace warp
