#include "wire/file_part.hpp"

#include <gmock/gmock.h>

#include "wire/bytes.hpp"

namespace warp::wire {
namespace {

using testing::HasSubstr;

std::string payload_of(std::uint64_t offset, std::uint64_t length) {
  std::string payload;
  put_number(payload, offset);
  put_number(payload, length);
  return payload;
}

TEST(FilePart, GivesBackWhatWasEncoded) {
  const auto bytes = encode_file_part({.offset = 0x0102030405060708U, .length = 9});
  EXPECT_EQ(std::string(bytes.begin(), bytes.end()), payload_of(0x0102030405060708U, 9));
  const auto part = decode_file_part({bytes.data(), bytes.size()});
  ASSERT_TRUE(part);
  EXPECT_EQ(part->offset, 0x0102030405060708U);
  EXPECT_EQ(part->length, 9U);
}

TEST(FilePart, RejectsEveryTruncation) {
  const std::string payload = payload_of(1, 2);
  for (std::size_t size = 0; size < payload.size(); ++size)
    EXPECT_EQ(decode_file_part(payload.substr(0, size)).error().code, Errc::kProtocol) << size;
}

TEST(FilePart, RejectsStrayBytes) { EXPECT_FALSE(decode_file_part(payload_of(1, 2) + "x")); }

TEST(FilePart, RejectsAPartOfNoBytes) {
  EXPECT_THAT(decode_file_part(payload_of(5, 0)).error().detail, HasSubstr("no bytes"));
}

TEST(FilePart, EndsAtMostWhereFilesCanEnd) {
  EXPECT_TRUE(decode_file_part(payload_of(0, kMostFileSize)));
  EXPECT_TRUE(decode_file_part(payload_of(kMostFileSize - 1, 1)));
  EXPECT_FALSE(decode_file_part(payload_of(1, kMostFileSize)));
  EXPECT_FALSE(decode_file_part(payload_of(kMostFileSize, 1)));
  EXPECT_FALSE(decode_file_part(payload_of(~std::uint64_t{0}, 1)));
  EXPECT_FALSE(decode_file_part(payload_of(2, ~std::uint64_t{0})));
}

}  // namespace
}  // namespace warp::wire
