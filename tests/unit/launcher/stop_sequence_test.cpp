#include "launcher/run/stop_sequence.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "launcher/run/stop_times.hpp"

namespace warp {
namespace {

using std::chrono::seconds;

class Stop : public testing::Test {
 protected:
  StopSequence stop_{StopTimes{.graceful = seconds(15), .shutdown = seconds(5)}};
  StopSequence::Time now_ = StopSequence::Time() + seconds(1000);
};

TEST_F(Stop, StartsGracefully) {
  EXPECT_EQ(stop_.on_signal(SIGTERM, now_), Order::kGracefulStop);
  EXPECT_TRUE(stop_.is_stopping());
  EXPECT_FALSE(stop_.deadline().is_never());
}

TEST_F(Stop, GoesOnWhenHttpdTakesTooLong) {
  EXPECT_EQ(stop_.on_signal(SIGINT, now_), Order::kGracefulStop);
  EXPECT_EQ(stop_.on_deadline(now_ + seconds(20)), Order::kTerminate);
  EXPECT_EQ(stop_.on_deadline(now_ + seconds(30)), Order::kKill);
  EXPECT_TRUE(stop_.deadline().is_never());
}

TEST_F(Stop, IsHurriedByASecondSignal) {
  EXPECT_EQ(stop_.on_signal(SIGINT, now_), Order::kGracefulStop);
  EXPECT_EQ(stop_.on_signal(SIGINT, now_), Order::kTerminate);
  EXPECT_EQ(stop_.on_signal(SIGINT, now_), Order::kKill);
  EXPECT_EQ(stop_.on_signal(SIGINT, now_), std::nullopt);
}

TEST_F(Stop, GoesOnServingDuringTheDelay) {
  StopSequence stop{
      StopTimes{.delay = seconds(5), .graceful = seconds(15), .shutdown = seconds(5)}};
  EXPECT_EQ(stop.on_signal(SIGTERM, now_), Order::kNotReady);
  EXPECT_TRUE(stop.is_stopping());
  EXPECT_EQ(stop.on_deadline(now_ + seconds(5)), Order::kGracefulStop);
  EXPECT_EQ(stop.on_deadline(now_ + seconds(30)), Order::kTerminate);
}

TEST_F(Stop, IsHurriedOutOfTheDelayByASecondSignal) {
  StopSequence stop{
      StopTimes{.delay = seconds(5), .graceful = seconds(15), .shutdown = seconds(5)}};
  EXPECT_EQ(stop.on_signal(SIGTERM, now_), Order::kNotReady);
  EXPECT_EQ(stop.on_signal(SIGTERM, now_), Order::kGracefulStop);
}

TEST_F(Stop, IsDelayedInAContainerAndNotByATerminalsUser) {
  EXPECT_EQ(default_shutdown_delay(1, false), seconds(5));
  EXPECT_EQ(default_shutdown_delay(1, true), seconds(0));
  EXPECT_EQ(default_shutdown_delay(100, false), seconds(0));
}

TEST_F(Stop, IsNotMeantByATerminalsResize) {
  EXPECT_EQ(stop_.on_signal(SIGWINCH, now_), std::nullopt);
  EXPECT_FALSE(stop_.is_stopping());
}

TEST_F(Stop, LeavesRoomForAReloadOrRestartBefore) {
  EXPECT_EQ(stop_.on_signal(SIGHUP, now_), Order::kReload);
  EXPECT_EQ(stop_.on_signal(SIGUSR1, now_), Order::kGracefulRestart);
  EXPECT_EQ(stop_.on_signal(SIGTERM, now_), Order::kGracefulStop);
  EXPECT_EQ(stop_.on_signal(SIGHUP, now_), std::nullopt);
}

TEST_F(Stop, EndsWithinTheLongestStop) {
  EXPECT_EQ(longest_stop({.delay = seconds(5), .graceful = seconds(15), .shutdown = seconds(5)}),
            seconds(29));
  EXPECT_EQ(longest_stop({.graceful = seconds(15), .shutdown = seconds(1)}), seconds(19));
  EXPECT_EQ(longest_stop({.graceful = seconds(15), .shutdown = seconds(5), .services = seconds(7)}),
            seconds(31));
}

TEST_F(Stop, GivesServicesTheirTimeAfterHttpd) {
  Settings settings;
  settings.shutdown_timeout = seconds(5);
  EXPECT_EQ(stop_times(settings, seconds(3)).services, seconds(0));
  EXPECT_EQ(stop_times(settings, seconds(3)).delay, seconds(3));
  settings.service_scripts = {{"queue", "queue.py"}, {"mail", "mail.py"}};
  EXPECT_EQ(stop_times(settings, seconds(3)).services, seconds(7));
}

TEST_F(Stop, LeavesOrphansLittleTimeOnceHttpdWasTerminated) {
  EXPECT_EQ(stop_.on_signal(SIGTERM, now_), Order::kGracefulStop);
  EXPECT_EQ(stop_.time_for_orphans(), seconds(5));
  EXPECT_EQ(stop_.on_deadline(now_ + seconds(20)), Order::kTerminate);
  EXPECT_EQ(stop_.time_for_orphans(), seconds(2));
}

}  // namespace
}  // namespace warp
