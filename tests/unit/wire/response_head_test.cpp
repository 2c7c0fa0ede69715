#include "wire/response_head.hpp"

#include <gmock/gmock.h>

#include "wire/frame.hpp"

namespace warp::wire {
namespace {

using testing::HasSubstr;

std::string encoded(const ResponseHead& head) {
  std::string payload;
  EXPECT_TRUE(encode_response_head(payload, head));
  return payload;
}

TEST(ResponseHead, GivesBackWhatWasEncoded) {
  const std::string payload =
      encoded({.status = 404,
               .reason = "Not Found",
               .fields = {{"Content-Type", "text/plain"}, {"Set-Cookie", "a=b"}}});
  const auto head = decode_response_head(payload);
  ASSERT_TRUE(head) << head.error().detail;
  EXPECT_EQ(head->status, 404);
  EXPECT_EQ(head->reason, "Not Found");
  ASSERT_EQ(head->fields.size(), 2U);
  EXPECT_EQ(head->fields[1].name, "Set-Cookie");
  EXPECT_EQ(head->fields[1].value, "a=b");
}

TEST(ResponseHead, RejectsEveryTruncation) {
  const std::string payload = encoded({.status = 200, .reason = "OK", .fields = {{"A", "b"}}});
  for (std::size_t size = 0; size < payload.size(); ++size)
    EXPECT_FALSE(decode_response_head(std::string_view(payload).substr(0, size))) << size;
}

TEST(ResponseHead, RejectsStrayBytes) {
  EXPECT_FALSE(decode_response_head(encoded({.status = 200, .reason = "OK"}) + "x"));
}

TEST(ResponseHead, RejectsStatusOutOfRange) {
  for (const std::uint16_t status : std::initializer_list<std::uint16_t>{0, 100, 199, 1000})
    EXPECT_THAT(decode_response_head(encoded({.status = status})).error().detail,
                HasSubstr("is not from 200 to 999"));
}

TEST(ResponseHead, RejectsWhatWouldSplitTheResponse) {
  EXPECT_FALSE(decode_response_head(encoded({.status = 200, .reason = "OK\r\nX: y"})));
  EXPECT_FALSE(
      decode_response_head(encoded({.status = 200, .reason = "OK", .fields = {{"A", "b\nC: d"}}})));
  EXPECT_FALSE(decode_response_head(
      encoded({.status = 200, .reason = "OK", .fields = {{"A: b\r\nC", "d"}}})));
  EXPECT_FALSE(
      decode_response_head(encoded({.status = 200, .reason = "OK", .fields = {{"", "d"}}})));
}

TEST(ResponseHead, RejectsCountThatCannotFit) {
  std::string payload = encoded({.status = 200});
  payload.back() = '\x10';
  EXPECT_THAT(decode_response_head(payload).error().detail, HasSubstr("count exceeds"));
}

TEST(ResponseHead, EncoderRefusesWhatTheChannelCannotCarry) {
  const std::string large(kMaxResponseHead + 1, 'v');
  std::string payload;
  EXPECT_EQ(encode_response_head(payload, {.status = 200, .fields = {{"A", large}}}).error().code,
            Errc::kTooLarge);
  EXPECT_EQ(encode_response_head(payload, {.status = 200, .fields = {{large, "a"}}}).error().code,
            Errc::kTooLarge);
}

TEST(ResponseHead, EncoderTakesWhatJustFits) {
  // Status, length of the reason and count; lengths of a field.
  constexpr std::size_t kAround = 3 * 2 + 2 + 4;
  const std::string value(kMaxResponseHead - kAround - 1, 'v');
  const std::string payload = encoded({.status = 200, .fields = {{"A", value}}});
  EXPECT_EQ(payload.size(), kMaxResponseHead);
  EXPECT_EQ(decode_response_head(payload)->fields.at(0).value, value);
  std::string refused;
  EXPECT_FALSE(encode_response_head(refused, {.status = 200, .fields = {{"AB", value}}}));
  EXPECT_EQ(refused, "");
}

TEST(InterimHead, GivesBackWhatWasEncoded) {
  const std::string payload = encoded({.status = kEarlyHints, .fields = {{"Link", "</a.css>"}}});
  const auto head = decode_interim_head(payload);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 103);
  EXPECT_EQ(head->fields.at(0).value, "</a.css>");
}

TEST(InterimHead, RejectsEveryStatusButEarlyHints) {
  for (const std::uint16_t status :
       std::initializer_list<std::uint16_t>{0, 100, 101, 102, 104, 200})
    EXPECT_THAT(decode_interim_head(encoded({.status = status})).error().detail,
                HasSubstr("is not 103"));
}

TEST(InterimHead, IsNoResponseHead) {
  EXPECT_FALSE(decode_response_head(encoded({.status = kEarlyHints})));
}

TEST(InterimHead, HasTheRulesOfAResponseHead) {
  EXPECT_FALSE(decode_interim_head(encoded({.status = 103, .fields = {{"Link", "a\r\nb: c"}}})));
  EXPECT_FALSE(decode_interim_head(encoded({.status = 103}) + "x"));
}

TEST(FieldSyntax, NamesAreTokensAndValuesHaveNoControls) {
  EXPECT_TRUE(is_field_name("X-Own_Name"));
  EXPECT_FALSE(is_field_name("a b"));
  EXPECT_FALSE(is_field_name("a:"));
  EXPECT_FALSE(is_field_name("\xe9"));
  EXPECT_FALSE(is_field_name(""));
  EXPECT_TRUE(is_field_name("!#$%&'*+-.^_`|~09azAZ"));
  EXPECT_TRUE(is_field_value("a\tb \xe9"));
  EXPECT_FALSE(is_field_value(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace warp::wire
