// Sequences of frames as an honest worker sends them, with descriptors, read in pieces that the
// input chooses: every frame comes out as it went in, and every file with its own descriptor.
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <deque>
#include <string>

#include "channel/descriptor_match.hpp"
#include "fuzz_input.hpp"

namespace {

using warp::UniqueFd;
using warp::wire::FrameType;

constexpr std::array kTypes = {FrameType::kResponseBody, FrameType::kResponseHead,
                               FrameType::kResponseFile, FrameType::kLog,
                               FrameType::kInterim,      FrameType::kCredit};
constexpr std::size_t kMostSends = 32;

struct Sent {
  FrameType type;
  std::string payload;
};
// What one sendmsg put into the socket, as far as it has not been read.
struct Message {
  std::string bytes;
  std::size_t read = 0;
  bool has_descriptor = false;
};

std::string payload_from(warp::FuzzInput& input, FrameType type) {
  if (type == FrameType::kResponseFile) return std::string(warp::wire::kFilePartSize, 'f');
  if (type == FrameType::kCredit) return "cred";
  std::string payload(input.text(input.byte()));
  // Some are larger than the decoder's first buffer.
  if (!payload.empty() && payload.front() == '\xff') payload.append(20'000, 'x');
  return payload;
}

void append(Message& message, std::deque<Sent>& sent, FrameType type, std::string payload) {
  const auto header = warp::wire::encode_frame_header(
      {.type = type, .length = static_cast<std::uint32_t>(payload.size())});
  message.bytes.append(header.data(), header.size());
  message.bytes += payload;
  sent.push_back({type, std::move(payload)});
}

class Receiver final {
 public:
  explicit Receiver(std::deque<Sent>& sent) : sent_(sent) {}

  // Like recvmsg: as many bytes as there is room for, of several messages, but none past the first
  // with a descriptor. False when all has been read.
  bool read(std::deque<Message>& messages, std::size_t most) {
    const auto space = decoder_.space();
    std::size_t room = std::min(space.size(), most);
    std::size_t count = 0;
    UniqueFd descriptor;
    while (room > 0 && !messages.empty() && !descriptor) {
      Message& message = messages.front();
      const std::size_t size = std::min(room, message.bytes.size() - message.read);
      std::memcpy(space.data() + count, message.bytes.data() + message.read, size);
      message.read += size;
      count += size;
      room -= size;
      if (std::exchange(message.has_descriptor, false)) descriptor = new_descriptor();
      if (message.read == message.bytes.size()) messages.pop_front();
    }
    decoder_.filled(count);
    if (descriptor)
      warp::require(match_.arrived(std::move(descriptor), decoder_.held()).has_value());
    return count > 0;
  }

  void take_frames() {
    while (true) {
      match_.forget();
      const auto frame = decoder_.next();
      warp::require(frame.has_value());
      if (!*frame) return;
      warp::require(match_.deliver(**frame).has_value());
      warp::require(!sent_.empty() && (**frame).type == sent_.front().type &&
                    (**frame).payload == sent_.front().payload);
      sent_.pop_front();
      const UniqueFd descriptor = match_.take();
      if (!warp::wire::carries_descriptor((**frame).type)) {
        warp::require(!descriptor);
        continue;
      }
      warp::require(!arrived_.empty() && descriptor.get() == arrived_.front());
      arrived_.pop_front();
    }
  }
  [[nodiscard]] bool is_done() const {
    return sent_.empty() && arrived_.empty() && decoder_.is_empty() && !match_.is_waiting();
  }

 private:
  UniqueFd new_descriptor() {
    static const UniqueFd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    UniqueFd copy(::fcntl(null.get(), F_DUPFD_CLOEXEC, 0));
    arrived_.push_back(copy.get());
    return copy;
  }

  std::deque<Sent>& sent_;
  warp::wire::FrameDecoder decoder_{warp::wire::Receiver::kChild};
  warp::channel::DescriptorMatch match_;
  std::deque<int> arrived_;  // not given to their frames yet
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  warp::FuzzInput input(data, size);
  // A small step has to be worth its time.
  const std::size_t step = std::size_t{input.byte()} * 60 + 5;
  std::deque<Sent> sent;
  std::deque<Message> messages;
  while (!input.is_empty() && messages.size() < kMostSends) {
    const std::uint8_t choice = input.byte();
    const FrameType type = kTypes.at(choice % kTypes.size());
    Message& message = messages.emplace_back();
    message.has_descriptor = warp::wire::carries_descriptor(type);
    // A head leaves together with what follows it.
    if (message.has_descriptor && choice >= 128)
      append(message, sent, FrameType::kResponseHead,
             payload_from(input, FrameType::kResponseHead));
    append(message, sent, type, payload_from(input, type));
  }
  Receiver receiver(sent);
  while (receiver.read(messages, step)) receiver.take_frames();
  warp::require(receiver.is_done());
  return 0;
}
