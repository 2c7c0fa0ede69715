#include "launcher/project/init.hpp"

#include <filesystem>

#include "launcher/host/files.hpp"
#include "launcher/project/workspace.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

struct NewFile {
  std::string_view name;
  std::string_view text;
};

constexpr NewFile kFiles[] = {
    {"warpdrive.toml",
     R"toml(# Settings of warpdrive-express, by the names of its options: warpdrive-express start-server --help.
# What is commented out is the default, or an example.

#processes = 1
#threads = 5
#port = 8000
#request-timeout = 60
#reload-on-changes = true      # while you develop

#entry-point = "mysite.wsgi:application"
)toml"},
    {".warpdrive/environment",
     R"text(# Variables for build and start, NAME=value. What is set outside wins. Nothing here is run.
#DJANGO_SETTINGS_MODULE=mysite.settings.production
)text"},
    {".warpdrive/server_args",
     R"text(# Arguments for the server. $NAME and ${NAME:-otherwise} stand for variables.
#--processes ${WEB_CONCURRENCY:-2}
)text"},
    {".warpdrive/action_hooks/build.sample", R"sh(#!/bin/sh
# Runs in `warpdrive build`, after the packages are installed. Rename it to build to use it; others
# are pre-build, build-env, deploy-cfg, deploy-env, deploy, setup, migrate, verify, alive, ready.
set -e
)sh"},
    {".dockerignore", R"text(.git
.venv
venv
__pycache__
*.pyc
.env
node_modules
)text"},
};

Result<bool> write_new(const std::string& path, const NewFile& file) {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, error))) return false;
  std::filesystem::create_directories(parent_of(path), error);
  if (error) return fail_errno("mkdir " + parent_of(path), error.value());
  WARP_CHECK(write_atomically(path, file.text, path.ends_with(".sample") ? 0755 : 0644));
  return true;
}

}  // namespace

Result<int> init_project(const Arguments& /*arguments*/, Host& host) {
  const std::string folder = project_folder(host);
  for (const NewFile& file : kFiles) {
    WARP_TRY(const bool is_new, write_new(folder + "/" + std::string(file.name), file));
    print((is_new ? "wrote  " : "stays  ") + folder + "/" + std::string(file.name) + "\n");
  }
  return 0;
}

}  // namespace warp
