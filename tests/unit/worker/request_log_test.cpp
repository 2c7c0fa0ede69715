#include "worker/request_log.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "child_side.hpp"
#include "wire/log_record.hpp"
#include "worker/response.hpp"

namespace warp::worker {
namespace {

using wire::FrameType;

class RequestLogTest : public testing::Test {
 protected:
  struct Received {
    std::uint8_t level;
    std::string text;
  };
  Received receive() {
    const auto frame = pair_.child.receive();
    EXPECT_TRUE(frame && frame->type == FrameType::kLog);
    const auto record = wire::decode_log_record(frame->payload);
    EXPECT_TRUE(record);
    return {record->level, std::string(record->text)};
  }

  ChannelPair pair_ = make_channel_pair();
  Outlet outlet_{pair_.worker};
  RequestLog log_{outlet_};
};

TEST_F(RequestLogTest, SendsARecordOfSeveralLinesAsOne) {
  ASSERT_TRUE(log_.write(LogLevel::kError, "Traceback:\n  line\n"));
  const Received record = receive();
  EXPECT_EQ(record.level, wire::kLogError);
  EXPECT_EQ(record.text, "Traceback:\n  line\n");
}

TEST_F(RequestLogTest, SpeaksHttpdsLevels) {
  constexpr std::array kLevels = {std::pair(LogLevel::kTrace, 7),   std::pair(LogLevel::kDebug, 7),
                                  std::pair(LogLevel::kInfo, 6),    std::pair(LogLevel::kNotice, 5),
                                  std::pair(LogLevel::kWarn, 4),    std::pair(LogLevel::kError, 3),
                                  std::pair(LogLevel::kCritical, 2)};
  for (const auto& [level, number] : kLevels) {
    ASSERT_TRUE(log_.write(level, "x"));
    EXPECT_EQ(receive().level, number);
  }
}

TEST_F(RequestLogTest, SendsAnEmptyRecordToo) {
  ASSERT_TRUE(log_.write(LogLevel::kInfo, ""));
  EXPECT_EQ(receive().text, "");
}

TEST_F(RequestLogTest, SplitsALongRecordBetweenLines) {
  const std::string first = std::string(wire::kMaxLogText - 10, 'a') + '\n';
  const std::string second(100, 'b');
  std::jthread worker([&] { EXPECT_TRUE(log_.write(LogLevel::kInfo, first + second)); });
  EXPECT_EQ(receive().text, first);
  EXPECT_EQ(receive().text, second);
}

TEST_F(RequestLogTest, SplitsALongLineBetweenCharacters) {
  // "€" is three bytes, of which the bound would cut off one.
  std::string line;
  while (line.size() < 2 * wire::kMaxLogText) line += "\u20ac";
  std::jthread worker([&] { EXPECT_TRUE(log_.write(LogLevel::kInfo, line)); });
  std::string received;
  while (received.size() < line.size()) {
    const std::string piece = receive().text;
    EXPECT_EQ(piece.size() % 3, 0U);
    received += piece;
  }
  EXPECT_EQ(received, line);
}

TEST_F(RequestLogTest, SplitsTextThatIsNoUtf8Too) {
  const std::string text(wire::kMaxLogText + 100, '\x80');
  std::jthread worker([&] { EXPECT_TRUE(log_.write(LogLevel::kInfo, text)); });
  EXPECT_EQ(receive().text.size() + receive().text.size(), text.size());
}

TEST_F(RequestLogTest, RefusesARecordAfterTheResponsesEnd) {
  Response response(outlet_);
  ASSERT_TRUE(response.set_head({.status = 200, .reason = "", .fields = {}}));
  ASSERT_TRUE(log_.write(LogLevel::kInfo, "before"));
  ASSERT_TRUE(response.finish());
  EXPECT_FALSE(log_.write(LogLevel::kInfo, "after"));
  EXPECT_EQ(receive().text, "before");
  EXPECT_TRUE(pair_.child.receive()->is_last);
  EXPECT_EQ(pair_.child.try_receive(), std::nullopt);
}

TEST_F(RequestLogTest, RefusesARecordWhenTheChildIsGone) {
  pair_.child = make_channel_pair().child;
  EXPECT_FALSE(log_.write(LogLevel::kInfo, "x"));
}

}  // namespace
}  // namespace warp::worker
