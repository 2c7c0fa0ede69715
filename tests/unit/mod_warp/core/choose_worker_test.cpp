#include "mod_warp/core/choose_worker.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace warp::core {
namespace {

using testing::Optional;

struct Worker {
  Readiness readiness{};
  std::uint32_t load = 0;
};

std::optional<std::uint32_t> choose(const std::vector<Worker>& workers,
                                    std::optional<std::uint32_t> avoided = std::nullopt) {
  WorkerChoice choice(avoided);
  for (std::uint32_t slot = 0; slot < workers.size(); ++slot)
    choice.consider(slot, workers[slot].readiness, workers[slot].load);
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

TEST(WorkerChoice, TellsWhetherTheChosenTakesRequests) {
  WorkerChoice choice(std::nullopt);
  choice.consider(0, Readiness::kStarting, 0);
  EXPECT_FALSE(takes_requests(choice.readiness()));
  choice.consider(1, Readiness::kAnswersErrors, 0);
  EXPECT_TRUE(takes_requests(choice.readiness()));
}

TEST(WorkerChoice, IsBetterLaterWhenAllAreBusyAndOneIsStarting) {
  const auto is_better_later = [](std::uint32_t load, Readiness other) {
    WorkerChoice choice(std::nullopt);
    choice.consider(0, Readiness::kReady, load);
    choice.consider(1, other, 0);
    return choice.is_better_later(2);
  };
  EXPECT_TRUE(is_better_later(2, Readiness::kStarting));
  EXPECT_FALSE(is_better_later(1, Readiness::kStarting));
  EXPECT_FALSE(is_better_later(2, Readiness::kOutOfUse));
}

}  // namespace
}  // namespace warp::core
