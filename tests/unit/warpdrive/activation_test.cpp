#include "launcher/environments/activation.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

const NamedEnvironment kEnvironment{.name = "b", .root = "/home/dev/.warpdrive/b"};

TEST(Enter, LeavesNothingOfAnotherEnvironmentsProject) {
  Environment variables{{"WARPDRIVE_SRC_ROOT", "/srv/a"}, {"PATH", "/usr/bin"}};
  enter(variables, kEnvironment, "");
  EXPECT_FALSE(variables.contains("WARPDRIVE_SRC_ROOT"));
  enter(variables, kEnvironment, "/srv/b");
  EXPECT_EQ(variables.at("WARPDRIVE_SRC_ROOT"), "/srv/b");
}

TEST(ActivationCode, UnsetsTheFolderWhereThereIsNoProject) {
  EXPECT_NE(activation_code(Shell::kBash, kEnvironment, "").find("\nunset WARPDRIVE_SRC_ROOT;\n"),
            std::string::npos);
  EXPECT_NE(activation_code(Shell::kFish, kEnvironment, "").find("\nset -e WARPDRIVE_SRC_ROOT;\n"),
            std::string::npos);
  EXPECT_NE(activation_code(Shell::kZsh, kEnvironment, "/b").find("WARPDRIVE_SRC_ROOT='/b';\n"),
            std::string::npos);
}

}  // namespace
}  // namespace warp
