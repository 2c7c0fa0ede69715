#include "launcher/plan/default_root.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

TEST(DefaultRoot, NamesHostPortAndUser) {
  const TemporaryDirectory folder;
  FakeHost host;
  host.variables["TMPDIR"] = folder.path();
  Settings settings;
  settings.port = 8000;
  EXPECT_EQ(default_server_root(settings, host), folder / "warpdrive-all:8000:1000");
  settings.host = "127.0.0.1";
  EXPECT_EQ(default_server_root(settings, host), folder / "warpdrive-127.0.0.1:8000:1000");
}

TEST(DefaultRoot, IsWhereSomethingCanBeWritten) {
  FakeHost host;
  host.variables["TMPDIR"] = "/nowhere";
  const std::string root = default_server_root({}, host);
  EXPECT_EQ(::access(root.substr(0, root.rfind('/')).c_str(), W_OK), 0) << root;
}

}  // namespace
}  // namespace warp
