#include "channel/descriptor_match.hpp"

#include <utility>

namespace warp::channel {

Result<> DescriptorMatch::arrived(UniqueFd descriptor, std::size_t held) {
  if (second_.descriptor)
    return fail(Errc::kProtocol, "a descriptor while others wait for their frames");
  Waiting& place = first_.descriptor ? second_ : first_;
  place = {.descriptor = std::move(descriptor), .distance = held};
  return {};
}

Result<> DescriptorMatch::match(const wire::Frame& frame) {
  const std::size_t size = wire::kFrameHeaderSize + frame.payload.size();
  const bool is_here = first_.descriptor && first_.distance <= size;
  if (second_.descriptor && second_.distance <= size)
    return fail(Errc::kProtocol, "a frame with more than one descriptor");
  second_.distance -= second_.descriptor ? size : 0;
  if (wire::carries_descriptor(frame.type)) {
    if (!is_here) return fail(Errc::kProtocol, "a frame without its descriptor");
    delivered_ = std::move(first_.descriptor);
    first_ = std::move(second_);
    return {};
  }
  if (!is_here) {
    first_.distance -= size;
    return {};
  }
  if (frame.type != wire::FrameType::kResponseHead || frame.is_last)
    return fail(Errc::kProtocol, "a descriptor with a frame that carries none");
  first_.distance = 1;
  return {};
}

}  // namespace warp::channel
