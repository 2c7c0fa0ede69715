#include "launcher/manifests/make_manifests.hpp"

#include <filesystem>

#include "base/strings.hpp"
#include "launcher/detect/django.hpp"
#include "launcher/host/files.hpp"
#include "launcher/image/dockerfile.hpp"
#include "launcher/image/image_names.hpp"
#include "launcher/manifests/check_pod.hpp"
#include "launcher/manifests/object_names.hpp"
#include "launcher/manifests/packed_settings.hpp"
#include "launcher/manifests/render_manifests.hpp"
#include "launcher/plan/installation.hpp"
#include "launcher/project/hooks.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

constexpr std::string_view kMark = "# Written by warpdrive manifests.";

Result<Platform> platform_of(const Arguments& arguments) {
  const std::string& word = arguments.words.front();
  if (word == "kubernetes") return Platform::kKubernetes;
  if (word == "openshift") return Platform::kOpenShift;
  return fail(Errc::kUsage,
              "manifests: '" + printable(word) + "' is none of kubernetes, openshift");
}

Result<> name_objects(ManifestRequest& request, const Arguments& arguments,
                      const Workspace& workspace) {
  Arguments named = arguments;
  named.words.erase(named.words.begin());
  const std::string project = project_name(named, workspace);
  WARP_TRY(request.name, object_name(project));
  request.is_built = request.platform == Platform::kOpenShift && !arguments.has("image");
  if (request.is_built) {
    request.image = request.name + ":latest";
  } else if (arguments.has("image")) {
    request.image = arguments.value_of("image");
    WARP_CHECK(check_image_name("--image", request.image));
  } else {
    WARP_TRY(request.image, image_name(project));
  }
  WARP_TRY(request.builder, chosen_builder(arguments, workspace));
  if (!arguments.has("source")) return {};
  request.source = arguments.value_of("source");
  if (!request.is_built)
    return fail(Errc::kUsage,
                "manifests: --source is for what the cluster builds: openshift, without --image");
  return check_source(request.source);
}

// A server that has a name answers to no other.
Result<std::string> host_of(const Arguments& arguments, const Settings& settings,
                            Platform platform) {
  const bool is_said = arguments.has("host");
  const std::string host = to_lower(is_said ? arguments.value_of("host") : settings.server_name);
  if (host.empty() && !is_said) return host;
  WARP_CHECK(check_host(is_said ? "--host" : origin_of(settings, "server-name"), host, platform));
  return host;
}

Result<ManifestRequest> read_request(const Arguments& arguments, const Installation& installation,
                                     Host& host) {
  ManifestRequest request;
  WARP_TRY(request.platform, platform_of(arguments));
  WARP_TRY(const Workspace workspace, open_workspace(host));
  WARP_CHECK(name_objects(request, arguments, workspace));
  WARP_TRY(PackedSettings packed,
           read_packed_settings(workspace, installation.libexec_directory, host));
  WARP_CHECK(check_pod(packed.settings, packed.served_by));
  WARP_TRY(request.host, host_of(arguments, packed.settings, request.platform));
  request.migrates = is_django_project(packed.workspace.home) ||
                     !find_hook(packed.workspace, "migrate", host).empty();
  request.served_by = packed.served_by;
  request.port = packed.port;
  request.settings = std::move(packed.settings);
  return request;
}

std::string as_stream(const std::vector<Manifest>& manifests) {
  std::string text;
  for (const Manifest& manifest : manifests) {
    if (!text.empty()) text += "---\n";
    text += manifest.text;
  }
  return text;
}

// What somebody else has written stays.
Result<> write_one(const std::string& path, const std::string& text) {
  std::error_code error;
  std::filesystem::create_directories(parent_of(path), error);
  if (error) return fail_errno("mkdir " + parent_of(path), error.value());
  if (std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
    WARP_TRY(const std::string before, read_text(path));
    if (!before.starts_with(kMark))
      return fail(Errc::kInvalidSetting,
                  path + " was not written by warpdrive manifests (its first line is not '" +
                      std::string(kMark) + "'); move it, or write to another --output");
    if (before == text) return print("stays  " + printable(path) + "\n"), Result<>();
  }
  WARP_CHECK(write_atomically(path, text, 0644));
  print("wrote  " + printable(path) + "\n");
  return {};
}

}  // namespace

Result<int> make_manifests(const Arguments& arguments, Host& host) {
  WARP_TRY(const Installation installation, find_installation());
  WARP_TRY(const ManifestRequest request, read_request(arguments, installation, host));
  WARP_TRY(const std::vector<Manifest> manifests,
           render_manifests(request, installation.template_directory));
  if (!arguments.has("output")) return print(as_stream(manifests)), 0;
  const std::string folder = absolute(arguments.value_of("output"), host.current_directory());
  for (const Manifest& manifest : manifests)
    WARP_CHECK(write_one(folder + "/" + manifest.file, manifest.text));
  return 0;
}

}  // namespace warp
