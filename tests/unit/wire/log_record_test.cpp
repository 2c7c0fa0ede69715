#include "wire/log_record.hpp"

#include <gmock/gmock.h>

#include "wire/frame.hpp"

namespace warp::wire {
namespace {

using testing::HasSubstr;

std::string encoded(const LogRecord& record) {
  std::string payload;
  encode_log_record(payload, record);
  return payload;
}

TEST(LogRecord, GivesBackWhatWasEncoded) {
  const std::string payload = encoded({.level = kLogWarning, .text = "two\nlines"});
  const auto record = decode_log_record(payload);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->level, kLogWarning);
  EXPECT_EQ(record->text, "two\nlines");
}

TEST(LogRecord, MayBeEmpty) {
  const std::string payload = encoded({.level = kLogDebug, .text = ""});
  EXPECT_EQ(decode_log_record(payload)->text, "");
}

TEST(LogRecord, TakesTheLongestText) {
  const std::string text(kMaxLogText, 't');
  const std::string payload = encoded({.level = kLogCritical, .text = text});
  EXPECT_EQ(decode_log_record(payload)->text.size(), kMaxLogText);
  EXPECT_EQ(decode_log_record(payload + "t").error().code, Errc::kProtocol);
}

TEST(LogRecord, RejectsAPayloadWithoutLevel) {
  EXPECT_THAT(decode_log_record("").error().detail, HasSubstr("cut short"));
}

// An application can't raise an alert: the levels above are the server's own.
TEST(LogRecord, RejectsLevelsOutOfRange) {
  for (const char* payload : {"\x01text", "\x08text", "\xfftext"})
    EXPECT_THAT(decode_log_record(payload).error().detail, HasSubstr("is not from 2 to 7"));
}

}  // namespace
}  // namespace warp::wire
