// The file part decoder. What it accepts lies within a file, and encodes to the same.
#include "wire/file_part.hpp"

#include "fuzz_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto part = warp::wire::decode_file_part(bytes);
  if (!part) return 0;
  warp::require(part->length > 0);
  warp::require(part->offset + part->length <= warp::wire::kMostFileSize);
  const auto again = warp::wire::encode_file_part(*part);
  warp::require(std::string_view(again.data(), again.size()) == bytes);
  return 0;
}
