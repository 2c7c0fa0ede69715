#include "launcher/operate/status_text.hpp"

#include <gmock/gmock.h>

#include "launcher/operate/top.hpp"
#include "launcher/operate/units.hpp"

namespace warp {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<GroupReport> two_groups() {
  return {{.name = "blog",
           .supervisor = 7,
           .generation = 2,
           .reload = "failed",
           .workers = {{.slot = 0,
                        .pid = 12,
                        .generation = 2,
                        .state = "ready",
                        .uptime = 3725,
                        .served = 40,
                        .resident = 45'200'000,
                        .busy = 1,
                        .threads = 5,
                        .in_flight = {{.id = 3,
                                       .method = "GET",
                                       .path = "/young\x1b[2J",
                                       .stage = "in the application",
                                       .age = 0.25}}}},
           .restarts = {{"crash", 1}, {"reload", 0}}},
          {.name = "shop",
           .supervisor = 8,
           .generation = 1,
           .reload = "none",
           .workers = {{.slot = 0,
                        .state = "backoff",
                        .threads = 5,
                        .in_flight = {{.method = "GET", .path = "/old", .age = 61}}}}}};
}

TEST(StatusText, IsATableForEachGroup) {
  const std::string text = status_text(two_groups());
  EXPECT_THAT(text, HasSubstr("Group blog: generation 2, supervisor 7, the last reload failed\n"
                              "SLOT  PID  GENERATION  STATE  UPTIME  SERVED  BUSY  RSS      PSS\n"
                              "0     12   2           ready  1h02m   40      1/5   45.2 MB  -\n"
                              "Restarts: crash 1\n"));
  EXPECT_THAT(text, HasSubstr("Group shop: generation 1, supervisor 8\n"));
  EXPECT_THAT(text, HasSubstr("Restarts: none\n"));
}

TEST(StatusText, HasTheOldestRequestFirst) {
  const std::string text = status_text(two_groups());
  EXPECT_LT(text.find("GET /old"), text.find("GET /young"));
  EXPECT_THAT(text, HasSubstr("1m01s"));
}

TEST(StatusText, ShowsNothingThatMovesTheCursor) {
  EXPECT_THAT(status_text(two_groups()), Not(HasSubstr("\x1b")));
  EXPECT_EQ(shown("a\x1b\x9b\n"), "a???");
}

TEST(StatusText, SaysThatNothingIsInFlight) {
  EXPECT_THAT(status_text({{.name = "site"}}), HasSubstr("No requests in flight."));
}

TEST(TopText, HasTheRateSinceTheLastTime) {
  TopMoment moment{
      .root = "/srv/root", .groups = two_groups(), .before = two_groups(), .seconds = 2};
  moment.before[0].workers[0].served = 15;
  moment.before[1].workers[0].served = 99;  // by a supervisor that is gone
  const std::string text = top_text(moment);
  EXPECT_THAT(text, HasSubstr("blog   12.5        1/5   45.2 MB  2           failed\n"));
  EXPECT_THAT(text, HasSubstr("shop   0.0         0/5   0 kB"));
}

TEST(TopText, HasNoRateAtFirst) {
  EXPECT_THAT(top_text({.groups = two_groups()}), HasSubstr("blog   -  "));
}

TEST(Units, AreShort) {
  EXPECT_EQ(size_text(std::nullopt), "-");
  EXPECT_EQ(size_text(850'000), "850 kB");
  EXPECT_EQ(size_text(1'340'000'000), "1.3 GB");
  EXPECT_EQ(time_text(0.254), "0.25 s");
  EXPECT_EQ(time_text(12.34), "12.3 s");
  EXPECT_EQ(time_text(245), "4m05s");
  EXPECT_EQ(time_text(500'000), "5d18h");
}

}  // namespace
}  // namespace warp
