#include "launcher/deploy/server_line.hpp"

#include <gtest/gtest.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

class ServerLine : public testing::Test {
 protected:
  // The ports that are given.
  [[nodiscard]] std::vector<std::string> ports() const {
    const auto line = read_server_line(
        {.source = folder_.path(), .home = folder_.path(), .variables = {{"SITE_PORT", "8123"}}},
        Settings());
    EXPECT_TRUE(line) << line.error().detail;
    std::vector<std::string> ports;
    if (!line) return ports;
    for (const Given& given : line->given)
      if (given.option->name == "management-port") ports.push_back(given.words.front());
    return ports;
  }

  TemporaryDirectory folder_;
};

TEST_F(ServerLine, IsEmptyWithoutTheFile) { EXPECT_TRUE(ports().empty()); }

TEST_F(ServerLine, IsReadAsTheServerReadsIt) {
  folder_.write(".warpdrive/server_args", "--management-port $SITE_PORT\n");
  EXPECT_EQ(ports(), std::vector<std::string>{"8123"});
}

TEST_F(ServerLine, LeavesOutTheArgumentsOfOthers) {
  folder_.write(".warpdrive/server_args", "--workers 3\n");
  folder_.write(".warpdrive/server_type", "gunicorn\n");
  EXPECT_TRUE(ports().empty());
  folder_.write(".warpdrive/server_type", "mod_warp\n");
  folder_.write(".warpdrive/deploy_mode", "python\n");
  EXPECT_TRUE(ports().empty());
}

}  // namespace
}  // namespace warp
