// The response head decoder.
#include "wire/response_head.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)warp::wire::decode_response_head(bytes);
  return 0;
}
