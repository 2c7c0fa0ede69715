#include "launcher/plan/installation.hpp"

#include <filesystem>

#include "launcher/host/files.hpp"

namespace warp {

Installation installation_in(const std::string& prefix) {
  return {.libexec_directory = absolute(WARP_LIBEXEC_DIR, prefix),
          .module = absolute(WARP_MODULE_DIR "/mod_warp.so", prefix),
          .template_directory = absolute(WARP_TEMPLATE_DIR, prefix),
          .python_directory = absolute(WARP_PYTHON_MODULES_DIR, prefix)};
}

Result<Installation> find_installation() {
  std::error_code error;
  const std::string program = std::filesystem::read_symlink("/proc/self/exe", error).string();
  if (error) return fail_errno("readlink /proc/self/exe", error.value());
  Installation installation = installation_in(parent_of(parent_of(program)));
  installation.program = program;
  for (const std::string& path : {installation.module, installation.template_directory})
    if (!is_file(path) && !is_directory(path))
      return fail(Errc::kNotFound,
                  path + " is missing beside " + program +
                      "; warpdrive-express runs from an installation: cmake --install BUILD "
                      "--prefix DIR, then DIR/bin/warpdrive-express");
  return installation;
}

}  // namespace warp
