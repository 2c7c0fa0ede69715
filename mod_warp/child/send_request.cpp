#include "mod_warp/child/send_request.hpp"

#include <array>

namespace warp {

Result<> send_request(channel::Channel& channel, const Request& request) {
  const std::array<channel::OutgoingFrame, 2> frames = {{
      {.type = wire::FrameType::kRequestHead, .is_last = false, .payload = request.head},
      {.type = wire::FrameType::kRequestBody,
       .is_last = request.body.is_preload_whole(),
       .payload = request.body.preloaded()},
  }};
  const std::size_t count = request.body.preloaded().empty() ? 1 : 2;
  return channel.send(std::span(frames).first(count));
}

}  // namespace warp
