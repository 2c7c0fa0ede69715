#include "launcher/project/workspace.hpp"

#include <gtest/gtest.h>

#include "launcher/host/files.hpp"
#include "launcher/project/init.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

TEST(Workspace, IsTheSameFolderHoweverItIsWritten) {
  const TemporaryDirectory parent;
  const std::string project = parent.make_folder("project");
  for (const std::string& written :
       {project, project + "/", project + "//", std::string("project/"), std::string("./project"),
        std::string("other/../project")}) {
    FakeHost host;
    host.directory = parent.path();
    host.variables["WARPDRIVE_SRC_ROOT"] = written;
    const auto workspace = open_workspace(host);
    ASSERT_TRUE(workspace) << written;
    EXPECT_EQ(workspace->source, project) << written;
    EXPECT_EQ(workspace->variables.at("WARPDRIVE_SRC_ROOT"), project) << written;
  }
}

TEST(InitProject, WritesIntoTheFolderHoweverItIsWritten) {
  const TemporaryDirectory parent;
  parent.make_folder("project");
  FakeHost host;
  host.directory = parent.path();
  host.variables["WARPDRIVE_SRC_ROOT"] = "project/";
  ASSERT_TRUE(init_project({}, host));
  EXPECT_TRUE(is_file(parent / "project/warpdrive.toml"));
}

TEST(Workspace, IsTheCurrentFolderIfNothingElseIsSaid) {
  const TemporaryDirectory project;
  FakeHost host;
  host.directory = project.path();
  const auto workspace = open_workspace(host);
  ASSERT_TRUE(workspace);
  EXPECT_EQ(workspace->source, project.path());
  EXPECT_FALSE(workspace->variables.contains("WARPDRIVE_SRC_ROOT"));
}

TEST(Workspace, RefusesFilesThatAreTooLarge) {
  const TemporaryDirectory project;
  FakeHost host;
  host.directory = project.path();
  project.write(".warpdrive/home", "." + std::string(256UL * 1024, ' '));
  const auto home = open_workspace(host);
  ASSERT_FALSE(home);
  EXPECT_EQ(home.error().code, Errc::kTooLarge);
  project.write(".warpdrive/home", ".");
  project.write(".warpdrive/environment", "A=" + std::string(256UL * 1024, 'x'));
  const auto variables = open_workspace(host);
  ASSERT_FALSE(variables);
  EXPECT_NE(variables.error().detail.find("environment has more than 256 KiB"), std::string::npos);
}

}  // namespace
}  // namespace warp
