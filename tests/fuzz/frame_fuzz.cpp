// The frame decoder, fed in pieces whose sizes the input chooses.
#include <algorithm>
#include <cstdint>
#include <cstring>

#include "wire/frame.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto receiver =
      data[0] % 2 == 0 ? warp::wire::Receiver::kChild : warp::wire::Receiver::kWorker;
  const std::size_t step = std::size_t{data[1]} + 1;
  warp::wire::FrameDecoder decoder(receiver);
  for (std::size_t at = 2; at < size;) {
    const auto space = decoder.space();
    const std::size_t count = std::min({space.size(), step, size - at});
    std::memcpy(space.data(), data + at, count);
    decoder.filled(count);
    at += count;
    while (true) {
      const auto frame = decoder.next();
      if (!frame) return 0;
      if (!*frame) break;
    }
  }
  return 0;
}
