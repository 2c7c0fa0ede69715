// A worker can write anything into the scoreboard, and a client anything into a path: the status
// page and its JSON stay well-formed, and their numbers within bounds.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <vector>

#include "mod_warp/management/status_json.hpp"
#include "mod_warp/management/status_page.hpp"
#include "scoreboard/request_trace.hpp"
#include "unit/mod_warp/management/scribble.hpp"
#include "unit/mod_warp/management/status_fixture.hpp"

namespace warp::management {
namespace {

using Json = nlohmann::json;

constexpr double kLongestAge = static_cast<double>(scoreboard::kLongestAge) / 1e6;

// What is between <main> and </main>: elements of ours, each closed in its order, and texts.
void expect_well_formed(const std::string& page) {
  const std::size_t begin = page.find("<main>");
  const std::string main = page.substr(begin, page.find("</main>") + 7 - begin);
  static const std::regex kTag(R"re(<(/?)([a-z0-9]+)((?: [a-z-]+(?:="[^"<>]*")?)*)>)re");
  std::vector<std::string> open;
  std::string texts = std::regex_replace(main, kTag, "");
  for (std::sregex_iterator tag(main.begin(), main.end(), kTag), end; tag != end; ++tag) {
    if ((*tag)[1].length() == 0) {
      open.push_back((*tag)[2]);
      continue;
    }
    ASSERT_FALSE(open.empty());
    ASSERT_EQ(open.back(), (*tag)[2]);
    open.pop_back();
  }
  ASSERT_TRUE(open.empty());
  ASSERT_EQ(texts.find_first_of("<>\"'"), std::string::npos) << texts;
  for (const char c : page) ASSERT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f));
}

void expect_bounded(const Json& group) {
  for (const Json& worker : group["workers"]) {
    ASSERT_LE(worker["threads_busy"], kThreads);
    ASSERT_LE(worker["in_state_for"], kLongestAge);
    ASSERT_TRUE(worker["pid"].is_null() || worker["pid"] > 0);
  }
  ASSERT_LE(group["workers"].size(), kSlots);
  ASSERT_LE(group["in_flight"].size(), kSlots * kThreads);
  for (const Json& request : group["in_flight"]) ASSERT_LE(request["age"], kLongestAge);
  ASSERT_LE(group["deaths"].size(), scoreboard::kDeaths);
  for (const Json& dead : group["deaths"]) {
    ASSERT_LT(dead["slot"], kSlots);
    ASSERT_LE(dead["uptime"], kLongestAge);
    ASSERT_LE(dead["lost"].size(), kThreads);
    ASSERT_GE(dead["pid"], 0);
  }
}

TEST(HostileScoreboard, LeavesTheStatusWellFormed) {
  std::mt19937 random(9);
  const Group group;
  for (int round = 0; round < 100 && !HasFatalFailure(); ++round) {
    scribble(group, random);
    const ServerStatus status = server_with(group);
    expect_well_formed(status_page(status));
    expect_bounded(Json::parse(status_json(status))["groups"][0]);
  }
}

TEST(HostileScoreboard, LeavesThePageWellFormedWhenItIsFullOfMarkup) {
  const Group group;
  constexpr std::string_view kEvil = "</td></main><script>\"'&{{groups}}<!--";
  serve(group, kEvil);
  lose_worker(group, kEvil);
  finish_slowly(group, kEvil);
  const ServerStatus status = server_with(group);
  expect_well_formed(status_page(status));
  EXPECT_EQ(Json::parse(status_json(status))["groups"][0]["slowest"][0]["path"], kEvil);
}

TEST(HostileScoreboard, FillsNoMoreThanAPageOfRequests) {
  constexpr std::uint32_t kMany = 1000;
  const scoreboard::Scoreboard board =
      scoreboard::Scoreboard::map(
          scoreboard::create_segment({.slots = kSlots, .threads = kMany})->get())
          .value();
  for (std::uint32_t slot = 0; slot < kSlots; ++slot) {
    board.set_state(slot, scoreboard::SlotState::kReady);
    for (std::uint32_t thread = 0; thread < kMany; ++thread)
      board.thread(slot, thread).stage = scoreboard::Stage::kApplication;
  }
  const Group other;
  const GroupStatus status = status_of({.name = "site",
                                        .processes = kSlots,
                                        .threads = kMany,
                                        .hard_limit = std::chrono::seconds(60),
                                        .board = board,
                                        .ledger = other.ledger,
                                        .tally = other.tally,
                                        .chronicle = other.chronicle,
                                        .series = other.series},
                                       kNow, kNowUs);
  EXPECT_EQ(status.in_progress.size(), kMostInProgress);
  EXPECT_EQ(status.more_in_progress, kSlots * kMany - kMostInProgress);
}

}  // namespace
}  // namespace warp::management
