#include "wire/request_head.hpp"

#include <gmock/gmock.h>

#include "wire/environ_key.hpp"
#include "wire/frame.hpp"

namespace warp::wire {
namespace {

using testing::HasSubstr;

constexpr std::size_t kBodyKindAt = 24;
constexpr std::size_t kFlagsAt = 25;
constexpr std::size_t kCountAt = 38;

std::string encoded(const RequestHead& head = {.request_id = 7}) {
  std::string payload;
  RequestHeadEncoder encoder(payload, head);
  encoder.add("REQUEST_METHOD", "GET");
  encoder.add("HTTP_X_OWN", "caf\xe9");
  EXPECT_TRUE(encoder.finish());
  return payload;
}

TEST(RequestHead, GivesBackWhatWasEncoded) {
  const std::string payload = encoded({.request_id = 7,
                                       .arrived_us = 11,
                                       .sent_us = 12,
                                       .body = BodyKind::kSized,
                                       .body_length = 100,
                                       .preloaded_length = 100,
                                       .preload_is_whole = true});
  const auto head = decode_request_head(payload);
  ASSERT_TRUE(head) << head.error().detail;
  EXPECT_EQ(head->request_id, 7U);
  EXPECT_EQ(head->arrived_us, 11U);
  EXPECT_EQ(head->sent_us, 12U);
  EXPECT_EQ(head->body, BodyKind::kSized);
  EXPECT_EQ(head->body_length, 100U);
  EXPECT_EQ(head->preloaded_length, 100U);
  EXPECT_TRUE(head->preload_is_whole);
  ASSERT_EQ(head->environ.size(), 2U);
  EXPECT_EQ(head->environ[0].name, "REQUEST_METHOD");
  EXPECT_EQ(head->environ[0].code, environ_code("REQUEST_METHOD"));
  EXPECT_EQ(head->environ[1].name, "HTTP_X_OWN");
  EXPECT_EQ(head->environ[1].code, 0);
  EXPECT_EQ(head->environ[1].value, "caf\xe9");
}

TEST(RequestHead, ReusesTheOwnersString) {
  std::string payload = "left over";
  RequestHeadEncoder encoder(payload, {.request_id = 1});
  ASSERT_TRUE(encoder.finish());
  EXPECT_TRUE(decode_request_head(payload));
}

TEST(RequestHead, RejectsEveryTruncation) {
  const std::string payload = encoded();
  for (std::size_t size = 0; size < payload.size(); ++size)
    EXPECT_FALSE(decode_request_head(std::string_view(payload).substr(0, size))) << size;
}

TEST(RequestHead, RejectsStrayBytes) {
  EXPECT_THAT(decode_request_head(encoded() + "x").error().detail, HasSubstr("1 stray bytes"));
}

TEST(RequestHead, RejectsUnknownBodyKind) {
  std::string payload = encoded();
  payload[kBodyKindAt] = 3;
  EXPECT_THAT(decode_request_head(payload).error().detail, HasSubstr("unknown body kind 3"));
}

TEST(RequestHead, RejectsUnknownFlags) {
  std::string payload = encoded();
  payload[kFlagsAt] = 2;
  EXPECT_FALSE(decode_request_head(payload));
}

TEST(RequestHead, RejectsPreloadThatExceedsTheBody) {
  EXPECT_FALSE(decode_request_head(encoded(
      {.request_id = 1, .body = BodyKind::kSized, .body_length = 3, .preloaded_length = 4})));
  EXPECT_FALSE(decode_request_head(encoded({.request_id = 1, .preloaded_length = 4})));
}

TEST(RequestHead, RejectsCountThatCannotFit) {
  std::string payload = encoded();
  payload[kCountAt + 1] = '\x7f';
  EXPECT_THAT(decode_request_head(payload).error().detail, HasSubstr("count exceeds"));
}

TEST(RequestHead, RejectsUnknownEnvironCode) {
  std::string payload = encoded();
  payload[kCountAt + 2] = '\xff';
  EXPECT_THAT(decode_request_head(payload).error().detail, HasSubstr("unknown environ code 255"));
}

TEST(RequestHead, EncoderRefusesWhatTheChannelCannotCarry) {
  std::string payload;
  RequestHeadEncoder encoder(payload, {.request_id = 1});
  encoder.add("HTTP_COOKIE", std::string(kMaxRequestHead, 'c'));
  EXPECT_EQ(encoder.finish().error().code, Errc::kTooLarge);
}

TEST(EnvironKey, CodesAndNamesAreInverse) {
  for (std::uint8_t code = 1; code < kEnvironKeys.size(); ++code) {
    ASSERT_TRUE(environ_name(code));
    EXPECT_EQ(environ_code(*environ_name(code)), code);
  }
}

TEST(EnvironKey, UnknownNamesHaveNoCode) {
  EXPECT_EQ(environ_code("HTTP_NOT_THERE"), 0);
  EXPECT_EQ(environ_code(""), 0);
  EXPECT_FALSE(environ_name(0));
  EXPECT_FALSE(environ_name(200));
}

TEST(RequestHeadEncoder, KeepsToATighterLimit) {
  std::string payload;
  RequestHeadEncoder encoder(payload, {.request_id = 1});
  encoder.add("HTTP_COOKIE", std::string(9'000, 'x'));
  EXPECT_EQ(encoder.finish(8'192).error().code, Errc::kTooLarge);
}

TEST(RequestHeadEncoder, RefusesMoreVariablesThanItCanCount) {
  std::string payload;
  RequestHeadEncoder encoder(payload, {.request_id = 1});
  for (int i = 0; i < 65'536; ++i) encoder.add("HTTP_DNT", "1");
  EXPECT_EQ(encoder.finish().error().code, Errc::kTooLarge);
}

}  // namespace
}  // namespace warp::wire
