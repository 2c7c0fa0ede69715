#include "wire/frame.hpp"

#include <gmock/gmock.h>

#include <cstring>

namespace warp::wire {
namespace {

using testing::HasSubstr;

std::string header(FrameType type, std::uint32_t length, bool is_last = false) {
  const auto bytes = encode_frame_header({.type = type, .is_last = is_last, .length = length});
  return {bytes.begin(), bytes.end()};
}

std::string frame(FrameType type, std::string_view payload, bool is_last = false) {
  return header(type, static_cast<std::uint32_t>(payload.size()), is_last) + std::string(payload);
}

void feed(FrameDecoder& decoder, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto space = decoder.space();
    const std::size_t count = std::min(space.size(), bytes.size());
    std::memcpy(space.data(), bytes.data(), count);
    decoder.filled(count);
    bytes.remove_prefix(count);
  }
}

Result<std::optional<Frame>> decode(std::string_view bytes, Receiver receiver = Receiver::kChild) {
  FrameDecoder decoder(receiver);
  feed(decoder, bytes);
  return decoder.next();
}

TEST(FrameDecoder, GivesBackWhatWasEncoded) {
  FrameDecoder decoder(Receiver::kChild);
  feed(decoder, frame(FrameType::kResponseBody, "hello", true));
  const auto decoded = decoder.next();
  ASSERT_TRUE(decoded && *decoded);
  EXPECT_EQ((**decoded).type, FrameType::kResponseBody);
  EXPECT_TRUE((**decoded).is_last);
  EXPECT_EQ((**decoded).payload, "hello");
  EXPECT_TRUE(decoder.is_empty());
}

TEST(FrameDecoder, GivesSeveralFramesOfOneRead) {
  FrameDecoder decoder(Receiver::kChild);
  feed(decoder, frame(FrameType::kResponseBody, "one") + frame(FrameType::kResponseBody, "", true));
  EXPECT_EQ((*decoder.next())->payload, "one");
  EXPECT_TRUE((*decoder.next())->is_last);
  EXPECT_FALSE(*decoder.next());
}

TEST(FrameDecoder, PeeksAtAWholeFrameOnly) {
  FrameDecoder decoder(Receiver::kChild);
  const std::string bytes = frame(FrameType::kResponseBody, "two");
  feed(decoder, frame(FrameType::kResponseBody, "one") + bytes.substr(0, bytes.size() - 1));
  EXPECT_EQ(decoder.peek(), FrameType::kResponseBody);
  const auto first = decoder.next();
  EXPECT_EQ(decoder.peek(), std::nullopt);
  EXPECT_EQ((**first).payload, "one");
}

TEST(FrameDecoder, WaitsForEveryByte) {
  const std::string bytes = frame(FrameType::kResponseBody, "slow", true);
  FrameDecoder decoder(Receiver::kChild);
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    feed(decoder, std::string_view(bytes).substr(i, 1));
    const auto early = decoder.next();
    ASSERT_TRUE(early && !*early);
  }
  feed(decoder, std::string_view(bytes).substr(bytes.size() - 1));
  EXPECT_EQ((*decoder.next())->payload, "slow");
}

TEST(FrameDecoder, TakesTheLargestFrames) {
  const std::string body(kMaxBodyPayload, 'b');
  FrameDecoder decoder(Receiver::kChild);
  // Room for the whole frame is made only after next() has checked the header.
  feed(decoder, header(FrameType::kResponseBody, static_cast<std::uint32_t>(body.size())));
  ASSERT_TRUE(decoder.next());
  feed(decoder, body);
  EXPECT_EQ((*decoder.next())->payload, body);
}

TEST(FrameDecoder, RejectsUnknownVersion) {
  std::string bytes = frame(FrameType::kResponseBody, "");
  bytes[0] = 2;
  EXPECT_THAT(decode(bytes).error().detail, HasSubstr("unknown version 2"));
}

TEST(FrameDecoder, RejectsUnknownFrameType) {
  std::string bytes = frame(FrameType::kResponseBody, "");
  bytes[1] = 99;
  EXPECT_THAT(decode(bytes).error().detail, HasSubstr("unexpected type 99"));
}

TEST(FrameDecoder, RejectsTypesOfTheOtherDirection) {
  EXPECT_FALSE(decode(frame(FrameType::kRequestHead, ""), Receiver::kChild));
  EXPECT_FALSE(decode(frame(FrameType::kResponseHead, ""), Receiver::kWorker));
}

TEST(FrameDecoder, RejectsUnknownFlags) {
  std::string bytes = frame(FrameType::kResponseBody, "");
  bytes[2] = 2;
  EXPECT_FALSE(decode(bytes));
  bytes = frame(FrameType::kCredit, "");
  bytes[2] = kEndFlag;
  EXPECT_FALSE(decode(bytes)) << "credit has no end";
}

TEST(FrameDecoder, RejectsReservedByte) {
  std::string bytes = frame(FrameType::kResponseBody, "");
  bytes[3] = 1;
  EXPECT_FALSE(decode(bytes));
}

TEST(FrameDecoder, RejectsLengthOverItsTypesBound) {
  std::string bytes = frame(FrameType::kBroken, "");
  bytes[4] = 1;
  EXPECT_THAT(decode(bytes).error().detail, HasSubstr("oversized length 1"));
  bytes = frame(FrameType::kResponseBody, "");
  bytes[7] = '\x7f';
  EXPECT_FALSE(decode(bytes));
}

TEST(FrameDecoder, KnowsWhatAWorkerSaysBesideTheBody) {
  for (const FrameType type : {FrameType::kResponseFile, FrameType::kInterim, FrameType::kLog}) {
    const auto decoded = decode(frame(type, "0123456789abcdef"));
    ASSERT_TRUE(decoded && *decoded);
    EXPECT_EQ((**decoded).type, type);
    EXPECT_FALSE(decode(frame(type, "0123456789abcdef"), Receiver::kWorker));
  }
}

TEST(FrameDecoder, TakesAnEndOfTheBodyOnlyWithPartsOfIt) {
  EXPECT_TRUE(decode(frame(FrameType::kResponseFile, "0123456789abcdef", true)));
  for (const FrameType type : {FrameType::kInterim, FrameType::kLog}) {
    std::string bytes = frame(type, "x");
    bytes[2] = kEndFlag;
    EXPECT_THAT(decode(bytes).error().detail, HasSubstr("unknown flags"));
  }
}

TEST(FrameDecoder, BoundsFilePartsAndLogRecords) {
  std::string bytes = header(FrameType::kResponseFile, kFilePartSize);
  bytes[4] = kFilePartSize + 1;
  EXPECT_THAT(decode(bytes).error().detail, HasSubstr("oversized length 17"));
  bytes = header(FrameType::kLog, kMaxLogText + 1);
  EXPECT_TRUE(decode(bytes));
  bytes[4] = 2;
  EXPECT_THAT(decode(bytes).error().detail, HasSubstr("oversized length 65538"));
}

TEST(FrameDecoder, GivesBackTheMemoryOfALargeFrame) {
  const std::string body(kMaxBodyPayload, 'b');
  FrameDecoder decoder(Receiver::kChild);
  const std::size_t usual = decoder.space().size();
  feed(decoder, header(FrameType::kResponseBody, static_cast<std::uint32_t>(body.size())));
  ASSERT_TRUE(decoder.next());
  feed(decoder, body);
  decoder.shrink();
  EXPECT_EQ((*decoder.next())->payload, body) << "nothing is lost while a frame is held";
  EXPECT_GT(decoder.space().size(), usual);
  decoder.shrink();
  EXPECT_EQ(decoder.space().size(), usual);
  feed(decoder, frame(FrameType::kResponseBody, "next"));
  EXPECT_EQ((*decoder.next())->payload, "next");
}

TEST(FrameDecoder, HasRoomForSeveralLargeFramesOfAResponse) {
  const std::string large = frame(FrameType::kResponseBody, std::string(kMaxBodyPayload, 'b'));
  FrameDecoder decoder(Receiver::kChild);
  feed(decoder, large.substr(0, kFrameHeaderSize));
  ASSERT_TRUE(decoder.next());
  EXPECT_EQ(decoder.space().size(), 4 * large.size() - kFrameHeaderSize);
  feed(decoder, large.substr(kFrameHeaderSize) + large);
  EXPECT_TRUE(*decoder.next());
  EXPECT_EQ(decoder.peek(), FrameType::kResponseBody);
}

TEST(FrameDecoder, HasRoomForNoMoreThanAFrameOfARequest) {
  FrameDecoder decoder(Receiver::kWorker);
  feed(decoder, header(FrameType::kRequestBody, kMaxBodyPayload));
  ASSERT_TRUE(decoder.next());
  EXPECT_EQ(decoder.space().size(), kMaxBodyPayload);
}

TEST(FrameDecoder, KeepsThePayloadsOfOneReadTogether) {
  FrameDecoder decoder(Receiver::kChild);
  feed(decoder, frame(FrameType::kResponseBody, "one") + frame(FrameType::kResponseBody, "two"));
  const auto one = decoder.next();
  const auto two = decoder.next();
  EXPECT_EQ((*one)->payload, "one");
  EXPECT_EQ((*two)->payload, "two");
}

}  // namespace
}  // namespace warp::wire
