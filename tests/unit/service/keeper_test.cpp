#include "service/keeper.hpp"

#include <gmock/gmock.h>

namespace warp::service {
namespace {

using namespace std::chrono_literals;
using testing::Optional;
using Order = Keeper::Order;

constexpr Clock::time_point kStart{1h};

TEST(Keeper, StartsAgainAtOnceWhatHasRunForAWhile) {
  Keeper keeper(5s);
  keeper.started(kStart);
  EXPECT_THAT(keeper.ended(kStart + 11s), Optional(Order::kStart));
}

TEST(Keeper, PausesLongerAndLongerForWhatEndsSoon) {
  Keeper keeper(5s);
  Clock::time_point now = kStart;
  for (const auto pause : {1s, 2s, 4s}) {
    keeper.started(now);
    EXPECT_EQ(keeper.ended(now), std::nullopt);
    EXPECT_THAT(keeper.deadline(), Optional(now + pause));
    now += pause;
    EXPECT_THAT(keeper.on_deadline(), Optional(Order::kStart));
  }
}

TEST(Keeper, TerminatesThenKillsAtTheDeadline) {
  Keeper keeper(5s);
  keeper.started(kStart);
  EXPECT_EQ(keeper.stop(kStart), Order::kTerminate);
  EXPECT_THAT(keeper.deadline(), Optional(kStart + 5s));
  EXPECT_THAT(keeper.on_deadline(), Optional(Order::kKill));
  EXPECT_THAT(keeper.ended(kStart + 6s), Optional(Order::kEnd));
}

TEST(Keeper, KillsAtASecondOrder) {
  Keeper keeper(5s);
  keeper.started(kStart);
  EXPECT_EQ(keeper.stop(kStart), Order::kTerminate);
  EXPECT_EQ(keeper.stop(kStart), Order::kKill);
}

TEST(Keeper, EndsAtOnceInAPause) {
  Keeper keeper(5s);
  keeper.started(kStart);
  EXPECT_EQ(keeper.ended(kStart), std::nullopt);
  EXPECT_EQ(keeper.stop(kStart), Order::kEnd);
}

TEST(Keeper, DoesNotStartWhatEndsWhileItStops) {
  Keeper keeper(5s);
  keeper.started(kStart);
  EXPECT_EQ(keeper.stop(kStart), Order::kTerminate);
  EXPECT_THAT(keeper.ended(kStart + 1h), Optional(Order::kEnd));
}

}  // namespace
}  // namespace warp::service
