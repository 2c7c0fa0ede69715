#include "scoreboard/scoreboard.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/mman.h>

#include <array>

namespace warp::scoreboard {
namespace {

Scoreboard make_board(const Dimensions& dimensions = {.slots = 2, .threads = 3}) {
  return Scoreboard::map(create_segment(dimensions)->get()).value();
}

TEST(Scoreboard, TwoMappingsShareTheMemory) {
  const UniqueFd segment = create_segment({.slots = 2, .threads = 3}).value();
  const Scoreboard writer = Scoreboard::map(segment.get()).value();
  const Scoreboard reader = Scoreboard::map(segment.get()).value();
  writer.set_state(1, SlotState::kReady);
  EXPECT_EQ(reader.slot(1).state.load(), SlotState::kReady);
  EXPECT_EQ(reader.slot(0).state.load(), SlotState::kEmpty);
  EXPECT_EQ(reader.dimensions().threads, 3U);
}

TEST(Scoreboard, SegmentCannotBeShrunkUnderAMapping) {
  const UniqueFd segment = create_segment({}).value();
  EXPECT_EQ(::ftruncate(segment.get(), 0), -1);
}

TEST(Scoreboard, RefusesASegmentThatIsNone) {
  const UniqueFd other(::memfd_create("other", MFD_CLOEXEC));
  std::array<char, 4096> zeros{};
  ASSERT_EQ(::write(other.get(), zeros.data(), zeros.size()), static_cast<ssize_t>(zeros.size()));
  EXPECT_EQ(Scoreboard::map(other.get()).error().code, Errc::kProtocol);
}

TEST(Scoreboard, RefusesAHeaderThatPromisesMoreThanThereIs) {
  const UniqueFd other(::memfd_create("other", MFD_CLOEXEC));
  const Header header{.magic = kMagic, .version = kLayoutVersion, .slots = 1000, .threads = 1000};
  ASSERT_EQ(::write(other.get(), &header, sizeof header), static_cast<ssize_t>(sizeof header));
  EXPECT_EQ(Scoreboard::map(other.get()).error().code, Errc::kProtocol);
}

TEST(Recorder, TellsWhatAThreadDoes) {
  const Scoreboard board = make_board();
  Recorder recorder(board, 1, 2);
  recorder.begin(77, "GET", "/a/path");
  const ThreadRecord& record = board.thread(1, 2);
  EXPECT_EQ(record.request_id.load(), 77U);
  EXPECT_EQ(record.stage.load(), Stage::kTaken);
  EXPECT_EQ(recorded_text(record.method), "GET");
  EXPECT_EQ(recorded_text(record.uri), "/a/path");
  EXPECT_EQ(board.slot(1).busy_threads.load(), 1U);
  EXPECT_NE(record.called_id.load(), 77U);
  recorder.application_called();
  EXPECT_EQ(record.stage.load(), Stage::kApplication);
  EXPECT_EQ(record.called_id.load(), 77U);
  recorder.response_started();
  EXPECT_EQ(record.stage.load(), Stage::kResponse);
  recorder.end();
  EXPECT_EQ(record.stage.load(), Stage::kIdle);
  EXPECT_EQ(board.slot(1).busy_threads.load(), 0U);
  EXPECT_EQ(board.slot(1).requests_served.load(), 1U);
}

TEST(Recorder, AddsUpTheTimeForTheLockBeyondItsOwnLife) {
  const Scoreboard board = make_board();
  for (int i = 0; i < 2; ++i) Recorder(board, 1, 2).lock_taken(std::chrono::microseconds(3));
  EXPECT_EQ(board.thread(1, 2).lock_wait_ns.load(), 6000U);
  EXPECT_EQ(board.thread(1, 2).lock_takings.load(), 2U);
}

TEST(Recorder, CutsLongPaths) {
  const Scoreboard board = make_board();
  Recorder recorder(board, 0, 0);
  recorder.begin(1, "GET", std::string(500, 'p'));
  EXPECT_EQ(recorded_text(board.thread(0, 0).uri).size(), board.thread(0, 0).uri.size());
}

TEST(RecordedText, CannotForgeALogLine) {
  constexpr std::array<char, 8> kHostile = {'a', '\n', '\x1b', '\xff', 'b', '\0', 'c', 'd'};
  EXPECT_EQ(recorded_text(kHostile), "a???b");
}

}  // namespace
}  // namespace warp::scoreboard
