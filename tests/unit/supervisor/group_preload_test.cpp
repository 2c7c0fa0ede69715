// A group whose generations have templates, and one whose workers have limits.
#include <gmock/gmock.h>

#include "group_fixture.hpp"

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using wire::WorkerStatus;
using Phase = Slot::Phase;

wire::GroupConfig preloading() {
  wire::GroupConfig config = three_processes();
  config.preload = true;
  return config;
}

class PreloadingGroupTest : public GroupTest {
 protected:
  PreloadingGroupTest() : GroupTest(preloading()) {}
  void start_ready_from_template() {
    group_.start();
    group_.on_template_status(1, WorkerStatus::kReady);
    ready({0, 1, 2});
  }
};

TEST_F(PreloadingGroupTest, StartsItsWorkersWhenTheTemplateIsReady) {
  group_.start();
  EXPECT_THAT(host_.templates, ElementsAre(1));
  EXPECT_THAT(host_.started, IsEmpty());
  EXPECT_EQ(board_.slot(0).state, scoreboard::SlotState::kStarting);
  group_.on_template_status(1, WorkerStatus::kReady);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2));
}

TEST_F(PreloadingGroupTest, StartsPlainWorkersWhenTheTemplateIsUnfitToFork) {
  group_.start();
  group_.on_template_status(1, WorkerStatus::kUnfitToFork);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2));
}

TEST_F(PreloadingGroupTest, StartsPlainWorkersWhenTheTemplateDies) {
  group_.start();
  group_.on_template_exit(1);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2));
}

TEST_F(PreloadingGroupTest, StartsPlainWorkersWhenTheTemplateTakesTooLong) {
  group_.start();
  pass(60s);
  EXPECT_THAT(host_.templates, IsEmpty());
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2));
}

TEST_F(PreloadingGroupTest, HasOneWorkerThatAnswersErrorsWhenTheImportFails) {
  group_.start();
  group_.on_template_status(1, WorkerStatus::kFailed);
  EXPECT_THAT(host_.started, ElementsAre(0));
  EXPECT_THAT(host_.templates, IsEmpty());
  group_.on_status(0, WorkerStatus::kFailed);
  EXPECT_THAT(phases(), ElementsAre(Phase::kFailed, Phase::kEmpty, Phase::kEmpty));
}

TEST_F(PreloadingGroupTest, BecomesWholeWhenTheApplicationIsMended) {
  group_.start();
  group_.on_template_status(1, WorkerStatus::kFailed);
  group_.on_status(0, WorkerStatus::kFailed);
  group_.on_exit(100, exit_status(wire::kExitFilesChanged));
  ready({0});
  EXPECT_THAT(host_.templates, ElementsAre(2));
  group_.on_template_status(2, WorkerStatus::kReady);
  ready({1, 2, 3});
  EXPECT_THAT(group_.serving_workers(), SizeIs(3));
  EXPECT_EQ(group_.generation(), 2U);
}

TEST_F(PreloadingGroupTest, ReloadHasATemplateOfItsOwn) {
  start_ready_from_template();
  group_.reload(RestartReason::kReload);
  EXPECT_THAT(host_.templates, ElementsAre(1, 2));
  group_.on_template_status(2, WorkerStatus::kReady);
  EXPECT_THAT(host_.generations, ElementsAre(1, 1, 1, 2, 2, 2));
  ready({3, 4, 5});
  EXPECT_THAT(host_.templates, ElementsAre(2));
}

TEST_F(PreloadingGroupTest, ReloadWhoseImportFailsStartsNoWorker) {
  start_ready_from_template();
  group_.reload(RestartReason::kReload);
  group_.on_template_status(2, WorkerStatus::kFailed);
  EXPECT_THAT(host_.started, SizeIs(3));
  EXPECT_THAT(host_.templates, ElementsAre(1));
  EXPECT_THAT(group_.serving_workers(), ElementsAre(100, 101, 102));
}

TEST_F(PreloadingGroupTest, ReloadThatHangsAtImportFails) {
  start_ready_from_template();
  group_.reload(RestartReason::kReload);
  pass(60s);
  EXPECT_THAT(host_.templates, ElementsAre(1));
  EXPECT_THAT(host_.started, SizeIs(3));
}

TEST_F(PreloadingGroupTest, StopsWhileTheTemplateImports) {
  group_.start();
  group_.stop();
  EXPECT_THAT(host_.templates, IsEmpty());
  EXPECT_TRUE(group_.is_over());
}

wire::GroupConfig limited() {
  wire::GroupConfig config = three_processes();
  config.memory_limit = 1000;
  config.memory_hard_limit = 2000;
  return config;
}

class LimitedGroupTest : public GroupTest {
 protected:
  LimitedGroupTest() : GroupTest(limited()) {
    for (const pid_t worker : {100, 101, 102, 103}) host_.figures[worker] = {};
  }
};

TEST_F(LimitedGroupTest, ReplacesAWorkerThatUsesTooMuchMemory) {
  start_ready();
  host_.figures[101].resident_bytes = 1001;
  pass(1s);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2, 3));
  ready({3});
  EXPECT_THAT(host_.signals, ElementsAre(Pair(101, SIGUSR1)));
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kMemoryLimit), 1U);
}

TEST_F(LimitedGroupTest, KillsAWorkerBeyondTheHardLimit) {
  start_ready();
  host_.figures[101].resident_bytes = 2001;
  pass(1s);
  pass(1s);
  EXPECT_THAT(host_.signals, ElementsAre(Pair(101, SIGKILL)));
  group_.on_exit(101, SIGKILL);
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kMemoryLimit), 1U);
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kCrash), 0U);
}

TEST_F(LimitedGroupTest, LooksEverySecond) {
  start_ready();
  EXPECT_EQ(group_.next_deadline(), host_.now() + 1s);
  pass(1s);
  EXPECT_EQ(group_.next_deadline(), host_.now() + 1s);
}

}  // namespace
}  // namespace warp::supervisor
