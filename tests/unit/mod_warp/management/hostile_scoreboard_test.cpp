// A worker can write anything into the scoreboard: the pages stay what they are.
#include <gmock/gmock.h>

#include <regex>
#include <set>
#include <sstream>

#include "mod_warp/management/health.hpp"
#include "mod_warp/management/metrics_page.hpp"
#include "unit/mod_warp/management/scribble.hpp"

namespace warp::management {
namespace {

// Every line is a comment or a sample, and no sample comes twice.
void expect_well_formed(const std::string& page) {
  static const std::regex kLine(
      R"(# (HELP|TYPE|UNIT) warp_\w+ [^\n]+|# EOF|warp_\w+\{(\w+="[\w+.-]*",?)+\} \d+(\.\d+)?)");
  std::set<std::string> names;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    ASSERT_TRUE(std::regex_match(line, kLine)) << line;
    const bool is_sample = line[0] != '#';
    ASSERT_TRUE(!is_sample || names.insert(line.substr(0, line.find(' '))).second) << line;
  }
}

TEST(HostileScoreboard, LeavesThePagesWellFormed) {
  std::mt19937 random(7);
  const Group group;
  for (int round = 0; round < 200 && !HasFatalFailure(); ++round) {
    scribble(group, random);
    const GroupFigures figures = group.look();
    ASSERT_LE(figures.workers.size(), kSlots);
    for (const WorkerFigures& worker : figures.workers) ASSERT_LE(worker.busy_threads, kThreads);
    expect_well_formed(metrics_page({&figures, 1}, MetricsFormat::kOpenMetrics));
    for (const Question question : {Question::kLive, Question::kReady, Question::kStarted})
      ASSERT_THAT(health_page(check(question, {&figures, 1}, Service::kOpen), Detail::kAll),
                  testing::MatchesRegex("(\\[.\\] [^\n]*\n)+(ok|failed)\n"));
  }
}

TEST(HostileScoreboard, ChangesNothingOfWhatHttpdCounts) {
  std::mt19937 random(8);
  const Group group;
  group.give(0, 1);
  group.tally.count(core::TallyEvent::kRetry);
  for (int round = 0; round < 50; ++round) {
    scribble(group, random);
    const GroupFigures figures = group.look();
    EXPECT_EQ(figures.in_workers, 1U);
    EXPECT_EQ(figures.waiting, 0U);
    EXPECT_EQ(figures.supervisor_lost_for.count(), 0);
    EXPECT_EQ(figures.totals.events[0], 1U);
  }
}

TEST(HostileScoreboard, IsUnknownWhereItIsNoState) {
  const Group group;
  group.set_state(0, static_cast<scoreboard::SlotState>(4'000'000'000U));
  EXPECT_EQ(group.look().count_in(WorkerState::kUnknown), 1U);
}

}  // namespace
}  // namespace warp::management
