// What to do when a worker did not answer: another try, or which status the client gets.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace warp::core {

enum class Failure : std::uint8_t {
  kNoWorker,       // every slot waits after crashes, or none gets ready
  kQueueFull,      // too many requests are waiting already
  kQueueTimeout,   // it has waited too long
  kPoison,         // it has killed workers
  kConnectorFull,  // the slot's queue of channels is full: not started
  kNotStarted,     // the send failed or the worker handed the request back: surely not started
  kDiedBefore,     // the worker died with the request, which it had not started
  kDied,           // the stream ended after a complete send, before the response
  kTimeout,        // no answer in time
  kGarbage,        // the worker broke the protocol
};

enum class Verdict : std::uint8_t { kTryAgain, kBadGateway, kUnavailable, kGatewayTimeout };

// Methods that RFC 9110 9.2.1 calls safe and that a browser repeats by itself.
[[nodiscard]] bool is_safe_method(std::string_view method);

// The history of one request's tries.
class Retry final {
 public:
  // `may_repeat`: the method is safe, or the group says that any may be repeated.
  explicit Retry(bool may_repeat) : may_repeat_(may_repeat) {}

  // Bytes of the body beyond the preload have gone out: they can't be sent to another worker.
  void body_was_consumed() { is_repeatable_ = false; }
  // `is_late`: the time for finding a worker that takes it has passed.
  [[nodiscard]] Verdict after(Failure failure, bool is_late);
  // Before the next try: nothing at first, then a growing moment, so that a flapping worker does
  // not cost a spinning child.
  [[nodiscard]] std::chrono::milliseconds pause() const;

 private:
  bool may_repeat_;
  bool is_repeatable_ = true;
  bool has_met_death_ = false;
  std::uint32_t deaths_before_ = 0;
  std::uint32_t tries_ = 0;
};

}  // namespace warp::core
