#include "mod_warp/core/choose_worker.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace warp::core {
namespace {

using testing::Optional;

constexpr std::uint32_t kThreads = 10;
using Worker = WorkerSight;

std::optional<std::uint32_t> choose(const std::vector<Worker>& workers,
                                    std::optional<std::uint32_t> avoided = std::nullopt) {
  WorkerChoice choice(kThreads, avoided);
  for (std::uint32_t slot = 0; slot < workers.size(); ++slot) choice.consider(slot, workers[slot]);
  return choice.chosen();
}

TEST(WorkerChoice, PrefersTheLeastLoaded) {
  EXPECT_THAT(choose({{Readiness::kReady, 3}, {Readiness::kReady, 1}, {Readiness::kReady, 2}}),
              Optional(1U));
}

TEST(WorkerChoice, TakesTheFirstOfEquals) {
  EXPECT_THAT(choose({{Readiness::kReady, 1}, {Readiness::kReady, 1}}), Optional(0U));
}

TEST(WorkerChoice, PrefersABusyReadyOneToAnIdleStartingOne) {
  EXPECT_THAT(choose({{Readiness::kStarting, 0}, {Readiness::kReady, 9}}), Optional(1U));
}

TEST(WorkerChoice, PrefersAnErrorAtOnceToAWait) {
  EXPECT_THAT(choose({{Readiness::kStarting, 0}, {Readiness::kAnswersErrors, 5}}), Optional(1U));
}

TEST(WorkerChoice, WaitsForAnAbsentWorkerWhenThereIsNoOther) {
  EXPECT_THAT(choose({{Readiness::kOutOfUse, 0}, {Readiness::kAbsent, 5}}), Optional(1U));
}

TEST(WorkerChoice, FindsNoneWhenAllAreBackingOff) {
  EXPECT_EQ(choose({{Readiness::kOutOfUse, 0}, {Readiness::kOutOfUse, 0}}), std::nullopt);
}

TEST(WorkerChoice, TakesAnEqualInsteadOfTheAvoided) {
  EXPECT_THAT(choose({{Readiness::kReady, 0}, {Readiness::kReady, 7}}, 0U), Optional(1U));
}

TEST(WorkerChoice, TakesTheAvoidedWhenTheOthersAreWorse) {
  EXPECT_THAT(choose({{Readiness::kReady, 0}, {Readiness::kStarting, 0}}, 0U), Optional(0U));
}

TEST(WorkerChoice, TakesTheAvoidedWhenTheOthersAreFull) {
  EXPECT_THAT(choose({{Readiness::kReady, 1}, {Readiness::kReady, kThreads}}, 0U), Optional(0U));
}

TEST(WorkerChoice, PrefersAWorkerWithAFreeThread) {
  EXPECT_THAT(choose({{Readiness::kReady, 1, true}, {Readiness::kReady, 5}}), Optional(1U));
}

TEST(WorkerChoice, HasRoomInAWorkerThatTakesRequests) {
  WorkerChoice choice(kThreads, std::nullopt);
  EXPECT_FALSE(choice.has_room(kThreads));
  EXPECT_TRUE(choice.consider(0, {Readiness::kStarting, 0}));
  EXPECT_FALSE(choice.has_room(kThreads));
  EXPECT_TRUE(choice.consider(1, {Readiness::kAnswersErrors, kThreads}));
  EXPECT_FALSE(choice.has_room(kThreads));
  EXPECT_TRUE(choice.has_room(kThreads + 1));
  EXPECT_TRUE(choice.consider(2, {Readiness::kReady, kThreads - 1}));
  EXPECT_TRUE(choice.has_room(kThreads));
  EXPECT_FALSE(choice.consider(3, {Readiness::kOutOfUse, 0}));
}

TEST(WorkerChoice, TellsThatOneIsStarting) {
  WorkerChoice choice(kThreads, std::nullopt);
  choice.consider(0, {Readiness::kReady, 0});
  EXPECT_FALSE(choice.is_one_starting());
  choice.consider(1, {Readiness::kStarting, 0});
  EXPECT_TRUE(choice.is_one_starting());
}

}  // namespace
}  // namespace warp::core
