#include "mod_warp/core/request_id.hpp"

#include <gmock/gmock.h>

#include <string>

namespace warp::core {
namespace {

using testing::Optional;

constexpr auto kTrace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr auto kTraceId = "0af7651916cd43dd8448eb211c80319c";

std::optional<std::string_view> text(std::string_view value) {
  return request_id_in(RequestIdForm::kText, value);
}
std::optional<std::string_view> trace(std::string_view value) {
  return request_id_in(RequestIdForm::kTraceParent, value);
}

TEST(RequestId, IsAShortPlainText) {
  for (const auto* const id :
       {"a", "7f3c-12:x@y/z+=_.", "Root=1-67891233-abcdef012345678912345678"})
    EXPECT_THAT(text(id), Optional(std::string_view(id)));
  EXPECT_TRUE(text(std::string(128, 'a')));
}

TEST(RequestId, IsNothingThatCouldForgeALogLineOrAHeader) {
  for (const auto* const id : {"", "a b", "a\nb", "a\"b", "a]b", "\xc3\xa4", "a;b", "a,b"})
    EXPECT_EQ(text(id), std::nullopt) << id;
  EXPECT_EQ(text(std::string(129, 'a')), std::nullopt);
}

TEST(RequestId, IsThatOfTheTrace) {
  EXPECT_THAT(trace(kTrace), Optional(std::string_view(kTraceId)));
  EXPECT_THAT(trace("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later"),
              Optional(std::string_view(kTraceId)));
}

TEST(RequestId, IsNotThatOfAMalformedTrace) {
  const std::string whole = kTrace;
  EXPECT_EQ(trace(""), std::nullopt);
  EXPECT_EQ(trace(whole.substr(1)), std::nullopt);
  EXPECT_EQ(trace(whole + "-more"), std::nullopt) << "version 00 has a fixed length";
  EXPECT_EQ(trace("ff" + whole.substr(2)), std::nullopt);
  EXPECT_EQ(trace("00-00000000000000000000000000000000-b7ad6b7169203331-01"), std::nullopt);
  EXPECT_EQ(trace("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"), std::nullopt);
  EXPECT_EQ(trace("00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01"), std::nullopt);
}

TEST(RequestId, ComesInFieldsOfAnyCase) {
  EXPECT_THAT(request_id_header_index("x-request-ID"), Optional(0U));
  EXPECT_THAT(request_id_header_index("Traceparent"), Optional(2U));
  EXPECT_EQ(request_id_header_index("X-Id"), std::nullopt);
}

}  // namespace
}  // namespace warp::core
