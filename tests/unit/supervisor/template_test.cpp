// Real templates that fork real workers, whose application is stub_worker.cpp.
#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "running_group.hpp"

namespace warp::supervisor {
namespace {

using testing::HasSubstr;
using testing::Ne;

wire::GroupConfig preloading() {
  wire::GroupConfig config;
  config.name = "site";
  config.processes = 2;
  config.threads = 2;
  config.preload = true;
  config.target_kind = wire::TargetKind::kModule;
  config.target = "site";
  return config;
}

class TemplateTest : public testing::Test {
 protected:
  TemplateTest() { ::setenv("STUB", "ready", 1); }
  static void wait_until_ready(RunningGroup& group) {
    group.wait_for("worker ready");
    group.wait_for("worker ready");
  }
};

TEST_F(TemplateTest, ImportsOnceForAllWorkers) {
  RunningGroup group(preloading());
  wait_until_ready(group);
  const std::string importer = group.get("/importer", 0);
  EXPECT_EQ(group.get("/importer", 1), importer);
  EXPECT_THAT(group.get("/pid", 0), Ne(importer));
  EXPECT_THAT(group.get("/pid", 0), Ne(group.get("/pid", 1)));
  EXPECT_EQ(group.get("/pid", 0), std::to_string(group.worker(0)));
}

TEST_F(TemplateTest, ForksTheSuccessorOfAWorkerThatDied) {
  RunningGroup group(preloading());
  wait_until_ready(group);
  const std::string importer = group.get("/importer", 0);
  ::kill(group.worker(0), SIGKILL);
  EXPECT_THAT(group.wait_for("worker exited"), HasSubstr("how=SIGKILL"));
  group.wait_for("worker ready");
  EXPECT_EQ(group.get("/importer", 0), importer);
}

TEST_F(TemplateTest, IsNotNeededForWorkersToGoOn) {
  RunningGroup group(preloading());
  wait_until_ready(group);
  const std::string importer = group.get("/importer", 0);
  ::kill(std::stoi(importer), SIGKILL);
  group.wait_for("template ended");
  EXPECT_EQ(group.get("/", 0), "hello");
  ::kill(group.worker(0), SIGKILL);
  group.wait_for("worker ready");
  EXPECT_EQ(group.get("/importer", 0), group.get("/pid", 0));
}

TEST_F(TemplateTest, GivesWayToPlainWorkersWhenItCanNotFork) {
  ::setenv("STUB", "unfit", 1);
  RunningGroup group(preloading());
  EXPECT_THAT(group.wait_for("can't be preloaded"), HasSubstr("thread 'poller'"));
  wait_until_ready(group);
  EXPECT_EQ(group.get("/importer", 1), group.get("/pid", 1));
}

TEST_F(TemplateTest, ForksAWorkerThatAnswersErrorsUntilTheApplicationIsMended) {
  ::setenv("STUB", "fail", 1);
  const std::string mend = testing::TempDir() + "warp-preload-" + std::to_string(::getpid());
  ::setenv("STUB_MEND", mend.c_str(), 1);
  RunningGroup group(preloading());
  group.wait_for("worker without application");
  EXPECT_EQ(group.get("/"), "500");
  std::ofstream(mend) << "mended";
  group.wait_for("reload done");
  std::filesystem::remove(mend);
}

TEST_F(TemplateTest, EndsWithItsSupervisor) {
  RunningGroup group(preloading());
  wait_until_ready(group);
  ::kill(group.pid(), SIGKILL);
  EXPECT_EQ(group.wait_for_exit(), -1);
  group.wait_for_silence();
}

TEST_F(TemplateTest, EndsInOrderWithItsWorkers) {
  RunningGroup group(preloading());
  wait_until_ready(group);
  ::kill(group.pid(), SIGTERM);
  EXPECT_EQ(group.wait_for_exit(), 0);
  group.wait_for_silence();
}

}  // namespace
}  // namespace warp::supervisor
