// Which bytes of a file, or of the memory for bodies, are the next part of a response's body.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "wire/frame.hpp"

namespace warp::wire {

struct FilePart {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  // at least 1
};

// No part may end past this (2^63 - 1): file offsets are signed.
inline constexpr std::uint64_t kMostFileSize = ~std::uint64_t{0} >> 1U;

[[nodiscard]] std::array<char, kFilePartSize> encode_file_part(const FilePart& part);
// kProtocol for a payload of another size, an empty part and one that ends past kMostFileSize.
[[nodiscard]] Result<FilePart> decode_file_part(std::string_view payload);

}  // namespace warp::wire
