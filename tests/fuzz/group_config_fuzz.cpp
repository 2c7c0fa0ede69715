// The group config decoder.
#include "wire/group_config.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)warp::wire::decode_group_config(bytes);
  return 0;
}
