#include "launcher/image/engine.hpp"

#include <gtest/gtest.h>

#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

class EngineTest : public testing::Test {
 protected:
  EngineTest() { host_.variables["PATH"] = folder_.path(); }

  void have(std::string_view name) { folder_.write_program(name); }
  // A docker whose daemon is not running, for instance.
  void let_fail(const std::string& name) {
    have(name);
    host_.on_run = [path = folder_ / name](const Command& command) -> Result<Finished> {
      if (command.arguments.front() == path)
        return Finished{.status = 1, .output = "Client: 1\nCannot connect to the daemon"};
      return Finished{};
    };
  }

  TemporaryDirectory folder_;
  FakeHost host_;
};

TEST_F(EngineTest, IsTheFirstThatIsThere) {
  have("buildah");
  have("podman");
  const auto engine = find_engine("", host_);
  ASSERT_TRUE(engine);
  EXPECT_EQ(engine->name, "podman");
  EXPECT_EQ(engine->program, folder_ / "podman");
}

TEST_F(EngineTest, IsNotOneThatDoesNotAnswer) {
  let_fail("docker");
  have("buildah");
  EXPECT_EQ(find_engine("auto", host_)->name, "buildah");
}

TEST_F(EngineTest, IsS2iOnlyWithADockerThatAnswers) {
  have("s2i");
  have("podman");
  EXPECT_EQ(find_engine("auto", host_)->name, "podman");
  EXPECT_EQ(find_engine("s2i", host_)->name, "s2i");
  have("docker");
  EXPECT_EQ(find_engine("auto", host_)->name, "s2i");
  let_fail("docker");
  EXPECT_EQ(find_engine("auto", host_)->name, "podman");
}

TEST_F(EngineTest, IsTheNamedOneOrNone) {
  have("podman");
  have("buildah");
  EXPECT_EQ(find_engine("buildah", host_)->name, "buildah");
  const auto missing = find_engine("docker", host_);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().detail,
            "there is no program docker on the PATH; --engine chooses another");
  EXPECT_EQ(find_engine("rkt", host_).error().code, Errc::kInvalidSetting);
}

TEST_F(EngineTest, IsNotLookedForAfterAnOrderToStop) {
  have("docker");
  have("podman");
  host_.on_run = [](const Command&) -> Result<Finished> { return fail(Errc::kClosed, "stopped"); };
  EXPECT_EQ(find_engine("auto", host_).error().code, Errc::kClosed);
  EXPECT_EQ(host_.commands.size(), 1U);
}

TEST_F(EngineTest, SaysWhatTheOnesThatFailSaid) {
  let_fail("docker");
  const auto engine = find_engine("", host_);
  ASSERT_FALSE(engine);
  EXPECT_NE(engine.error().detail.find("docker version failed with status 1: Cannot connect"),
            std::string::npos);
}

TEST_F(EngineTest, SaysWhereToGetOneWhenThereIsNone) {
  const auto engine = find_engine("", host_);
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().code, Errc::kNotFound);
  EXPECT_NE(engine.error().detail.find("apt-get install podman"), std::string::npos);
}

TEST(BuildCommand, NamesTheDockerfileAndTheFolder) {
  const ImageBuild build{.builder = "b",
                         .image = "warpdrive-x",
                         .source = "/t/src",
                         .dockerfile = "/t/Dockerfile",
                         .more = {"--network", "host"}};
  using Words = std::vector<std::string>;
  EXPECT_EQ(build_command({"docker", "/bin/docker"}, build),
            (Words{"/bin/docker", "build", "--tag", "warpdrive-x", "--file", "/t/Dockerfile",
                   "--network", "host", "/t/src"}));
  EXPECT_EQ(build_command({"buildah", "/bin/buildah"}, build),
            (Words{"/bin/buildah", "build", "--format", "docker", "--tag", "warpdrive-x", "--file",
                   "/t/Dockerfile", "--network", "host", "/t/src"}));
  EXPECT_EQ(build_command({"s2i", "/bin/s2i"}, build),
            (Words{"/bin/s2i", "build", "--network", "host", "/t/src", "b", "warpdrive-x"}));
}

}  // namespace
}  // namespace warp
