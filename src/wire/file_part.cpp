#include "wire/file_part.hpp"

#include <algorithm>

#include "wire/bytes.hpp"

namespace warp::wire {

std::array<char, kFilePartSize> encode_file_part(const FilePart& part) {
  std::array<char, kFilePartSize> bytes{};
  const auto offset = number_bytes(part.offset);
  const auto length = number_bytes(part.length);
  std::copy(length.begin(), length.end(), std::copy(offset.begin(), offset.end(), bytes.begin()));
  return bytes;
}

Result<FilePart> decode_file_part(std::string_view payload) {
  Reader reader(payload);
  FilePart part;
  WARP_TRY(part.offset, reader.number<std::uint64_t>("file offset"));
  WARP_TRY(part.length, reader.number<std::uint64_t>("file length"));
  WARP_CHECK(reader.expect_end("file part"));
  if (part.length == 0) return fail(Errc::kProtocol, "file part of no bytes");
  if (part.offset > kMostFileSize || part.length > kMostFileSize - part.offset)
    return fail(Errc::kProtocol, "file part that ends past every file's end");
  return part;
}

}  // namespace warp::wire
