#include "launcher/image/engine.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr std::array<std::string_view, 4> kEngines = {"s2i", "docker", "podman", "buildah"};
constexpr std::string_view kRemedy =
    "; get one, with apt-get install podman for instance, or print a Dockerfile for elsewhere: "
    "warpdrive image --dockerfile";

// A docker without its daemon is there and of no use, so a program has to answer.
Result<> ask(const Engine& engine, Host& host) {
  const Command command{.arguments = {engine.program, "version"},
                        .environment = host.environment(),
                        .directory = "/"};
  WARP_TRY(const Finished finished, host.run(command));
  if (finished.timed_out) return fail(Errc::kTimeout, engine.name + " version does not answer");
  if (finished.status == 0) return {};
  return fail(Errc::kApplication, engine.name + " version failed with status " +
                                      std::to_string(finished.status) + ": " +
                                      last_lines(finished.output, 1));
}

Result<Engine> named_engine(std::string_view name, Host& host) {
  const auto program = find_program(name, variable(host.environment(), "PATH"));
  if (!program)
    return fail(Errc::kNotFound, "there is no program " + std::string(name) + " on the PATH");
  Engine engine{std::string(name), *program};
  WARP_CHECK(ask(engine, host));
  return engine;
}

// s2i's version says nothing of the daemon that it needs: that is docker's. Who names s2i may have
// one without the program docker.
Result<Engine> usable_engine(std::string_view name, Host& host) {
  WARP_TRY(Engine engine, named_engine(name, host));
  if (name != "s2i") return engine;
  if (const auto docker = named_engine("docker", host); !docker)
    return fail(docker.error().code == Errc::kClosed ? Errc::kClosed : Errc::kApplication,
                "s2i needs docker: " + docker.error().detail);
  return engine;
}

}  // namespace

Result<Engine> find_engine(std::string_view word, Host& host) {
  if (!word.empty() && word != "auto") {
    if (std::find(kEngines.begin(), kEngines.end(), word) == kEngines.end())
      return fail(Errc::kInvalidSetting, "engine: '" + printable(word) +
                                             "' is none of auto, s2i, docker, podman, buildah");
    auto engine = named_engine(word, host);
    if (engine) return engine;
    return fail(engine.error().code, engine.error().detail + "; --engine chooses another");
  }
  std::vector<std::string> reasons;
  for (const std::string_view name : kEngines) {
    auto engine = usable_engine(name, host);
    if (engine || engine.error().code == Errc::kClosed) return engine;
    if (engine.error().code != Errc::kNotFound) reasons.push_back(engine.error().detail);
  }
  if (reasons.empty())
    return fail(Errc::kNotFound,
                "no program that makes images is on the PATH: s2i, docker, podman "
                "or buildah" +
                    std::string(kRemedy));
  return fail(Errc::kApplication,
              "no program that makes images works: " + join(reasons, ", ") + std::string(kRemedy));
}

std::vector<std::string> build_command(const Engine& engine, const ImageBuild& build) {
  std::vector<std::string> words = {engine.program, "build"};
  // The form with a place for the builder's health check.
  if (engine.name == "podman" || engine.name == "buildah")
    words.insert(words.end(), {"--format", "docker"});
  if (engine.name != "s2i")
    words.insert(words.end(), {"--tag", build.image, "--file", build.dockerfile});
  words.insert(words.end(), build.more.begin(), build.more.end());
  words.push_back(build.source);
  if (engine.name == "s2i") words.insert(words.end(), {build.builder, build.image});
  return words;
}

std::string run_hint(const Engine& engine, const std::string& image) {
  const std::string program = engine.name == "s2i"       ? "docker"
                              : engine.name == "buildah" ? "podman"
                                                         : engine.name;
  return program + " run --rm -p 8080:8080 " + image;
}

}  // namespace warp
